"""What must hold between the parts of a référentiel: every fault is found and placed, not only the first."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from questionnaires.conditions import Condition, ConditionError, parse
from questionnaires.drafting import HEAD, read_draft
from questionnaires.drafting_scale import check_scale
from questionnaires.drafts import DraftCriterion, DraftPoint, DraftVariable, DraftVersion, criteria_and_points
from questionnaires.editions import check_editions
from questionnaires.evolving import Ancestor, check_evolution
from questionnaires.lint_reasons import check_reasons
from questionnaires.models import Variable
from questionnaires.reading import Fault, Place
from questionnaires.sources import Folder, Source

VARIABLE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Linted:
    """`draft` is whole when `faults` is empty; it is None when the folder could not be read at all."""

    draft: DraftVersion | None
    faults: list[Fault]


def lint(folder: Path, ancestors: Mapping[str, Ancestor] | None = None) -> Linted:
    """Read a folder and check everything in it. Faults come in the order of files and lines."""
    if not folder.is_dir():
        return Linted(None, [Fault(str(folder), 1, "ce dossier n'existe pas")])
    return lint_source(Folder(folder), ancestors)


def lint_source(source: Source, ancestors: Mapping[str, Ancestor] | None = None) -> Linted:
    """Check everything in a source. What it says of an older version is checked against it when it is known."""
    faults: list[Fault] = []
    draft = read_draft(source, faults)
    if draft is None:
        return Linted(None, faults)
    by_code = {variable.code: variable for variable in draft.variables}
    _check_codes(draft)
    _check_variables(draft, by_code)
    _check_criteria(draft, by_code)
    check_editions(draft)
    check_reasons(draft)
    check_scale(draft)
    check_evolution(draft, ancestors or {})
    if not draft.questionnaires and not faults:
        faults.append(Fault(HEAD, 1, "aucun questionnaire n'est nommé"))
    return Linted(draft, sorted(faults))


def _check_codes(draft: DraftVersion) -> None:
    _refuse_twice("la variable", ((variable.code, variable.row.at("code")) for variable in draft.variables))
    _refuse_twice("le motif", ((reason.code, reason.row.at("code")) for reason in draft.reasons))
    _refuse_twice("le critère", criteria_and_points(draft))
    for questionnaire in draft.questionnaires:
        _refuse_twice("la section", ((section.code, section.row.at("code")) for section in questionnaire.sections))
    for variable in draft.variables:
        if variable.code and not VARIABLE.fullmatch(variable.code):
            variable.row.at("code").refuse(
                f"« {variable.code} » n'est pas un nom de variable (minuscules, chiffres et _)"
            )


def _check_variables(draft: DraftVersion, by_code: dict[str, DraftVariable]) -> None:
    order = {variable.code: rank for rank, variable in enumerate(draft.variables)}
    for variable in draft.variables:
        if variable.derived_from and variable.asked_if:
            variable.row.at("asked_if").refuse(
                f"« {variable.code} » se déduit : elle n'est pas posée, « asked_if » est de trop"
            )
        if variable.derived_from and variable.kind != Variable.Kind.BOOLEAN:
            variable.row.at("kind").refuse(f"« {variable.code} » se déduit : elle ne peut être que « boolean »")
        for key, text in variable.conditions.items():
            condition = _checked(text, by_code, variable.row.at(key))
            late = [name for name in condition.variables if order.get(name, -1) > order[variable.code]]
            if late and not variable.derived_from:
                variable.row.at(key).refuse(f"« {variable.code} » dépend de « {late[0]} », demandée après elle")
    for circle in _circles(by_code):
        by_code[circle[0]].row.at("code").refuse(
            f"ces variables dépendent l'une de l'autre en rond : {' → '.join(circle)}"
        )
    for rule in draft.rules:
        _checked(rule.when, by_code, rule.row.at("when"))
        _checked(rule.then, by_code, rule.row.at("then"))


def _check_criteria(draft: DraftVersion, by_code: dict[str, DraftVariable]) -> None:
    for criterion in draft.criteria:
        parts: list[DraftCriterion | DraftPoint] = [criterion, *criterion.points]
        for part in parts:
            place = part.row.at("condition")
            for term in _checked(part.condition, by_code, place).terms:
                if term.variable in by_code and (term.choice or by_code[term.variable].kind != Variable.Kind.BOOLEAN):
                    place.refuse(
                        f"{part.code} dépend de « {term.variable} », qui est un choix ; passez par une variable déduite"
                    )


def _refuse_twice(noun: str, named: Iterable[tuple[str, Place]]) -> None:
    seen: dict[str, Place] = {}
    for code, place in named:
        if code and code in seen:
            first = seen[code]
            place.refuse(f"{noun} « {code} » existe déjà ({first.file}, ligne {first.line})")
        seen.setdefault(code, place)


def _checked(text: str, by_code: dict[str, DraftVariable], place: Place) -> Condition:
    """Parse a condition, noting what it says wrong; a condition that cannot be read counts as `toujours`."""
    if not text:
        return Condition()  # the missing text is a fault already
    try:
        rule = parse(text)
    except ConditionError as error:
        place.refuse(str(error))
        return Condition()
    for term in rule.terms:
        variable = by_code.get(term.variable)
        if variable is None:
            place.refuse(f"la variable « {term.variable} » est inconnue")
        elif term.choice and term.choice not in dict(variable.choices):
            place.refuse(f"« {term.variable} » ne propose pas « {term.choice} »")
    return rule


def _circles(by_code: dict[str, DraftVariable]) -> list[list[str]]:
    """Return each circle of dependencies once, beginning and ending with the same variable."""
    needs = {code: _needs(variable, by_code) for code, variable in by_code.items()}
    found: list[list[str]] = []
    done: set[str] = set()

    def walk(code: str, path: list[str]) -> None:
        if code in path:
            found.append([*path[path.index(code) :], code])
            return
        if code in done:
            return
        for needed in needs[code]:
            walk(needed, [*path, code])
        done.add(code)

    for code in needs:
        walk(code, [])
    return found


def _needs(variable: DraftVariable, by_code: dict[str, DraftVariable]) -> list[str]:
    names: list[str] = []
    for text in variable.conditions.values():
        try:
            names += [name for name in parse(text).variables if name in by_code]
        except ConditionError:
            continue  # already a fault
    return names
