"""From the texts of a référentiel to a draft. Shapes and vocabularies are checked here, links in lint.py.

A source (a folder, an archive, a spreadsheet) gives `referentiel.yaml`, `orientation.yaml`, `evolution.yaml` when it follows an older version,
`couverture.yaml` when certificates dispense of something (editions.py), `motifs.yaml` for the reasons of « Non
applicable », `bareme.yaml` for what a verdict is worth (drafting_scale.py), and one file per questionnaire named by `referentiel.yaml`, in order.
"""

from collections.abc import Iterable, Iterator

from accounts.roles import Profile
from questionnaires.applicability import CERTIFICATES
from questionnaires.conditions import ALWAYS
from questionnaires.drafting_reasons import REASONS, admitted, examples, read_reasons
from questionnaires.drafting_scale import HEAVIEST, SCALE, read_scale
from questionnaires.drafts import (
    DraftCriterion,
    DraftEvolution,
    DraftPoint,
    DraftQuestionnaire,
    DraftRule,
    DraftSection,
    DraftVariable,
    DraftVersion,
)
from questionnaires.editions import COVERAGE, read_editions
from questionnaires.models import Criterion, ExpectedProof, Variable
from questionnaires.reading import Fault, Table
from questionnaires.sources import Source

HEAD, ORIENTATION, EVOLUTION = "referentiel.yaml", "orientation.yaml", "evolution.yaml"
LEVELS = {"obligatoire": Criterion.Level.MANDATORY, "recommandé": Criterion.Level.RECOMMENDED}


def read_draft(source: Source, faults: list[Fault]) -> DraftVersion | None:
    """Read a source whole, adding to `faults` all that is wrong. Return None when its head cannot be read."""
    head = source.table(HEAD, faults)
    if head is None:
        return None
    draft = DraftVersion(
        code=head.slug("code"),
        title=head.text("title", longest=200),
        summary=head.text("summary"),
        source=head.text("source"),
        effective_on=head.date("effective_on"),
        is_open=head.flag("is_open", default=True),
        words=head.words,
    )
    named = head.texts("questionnaires", required=True)
    head.close()
    _read_orientation(source, draft, faults)
    _read_evolution(source, draft, faults)
    draft.editions = read_editions(source, faults)
    read_reasons(source, draft, faults)
    read_scale(source, draft, faults)
    present = source.names()
    for code, place in named:
        name = f"{code}.yaml"
        if name not in present:
            place.refuse(f"le questionnaire « {code} » n'a pas de fichier {name}")
        elif (table := source.table(name, faults)) is not None:
            draft.questionnaires.append(_questionnaire(table, code))
    expected = {HEAD, ORIENTATION, EVOLUTION, COVERAGE, REASONS, SCALE, *(f"{code}.yaml" for code, _ in named)}
    faults.extend(
        Fault(name, 1, f"ce fichier n'est pas nommé dans {HEAD}") for name in sorted(present) if name not in expected
    )
    return draft


def _read_orientation(source: Source, draft: DraftVersion, faults: list[Fault]) -> None:
    table = source.table(ORIENTATION, faults)
    if table is None:
        return
    for step in table.tables("steps", required=True):
        title = step.text("title", longest=120)
        draft.variables += [_variable(row, title) for row in step.tables("variables", required=True)]
    for row in table.tables("rules"):
        rule = DraftRule(
            when=row.text("when", longest=300),
            then=row.text("then", longest=300),
            sentence=row.text("sentence"),
            blocking=row.flag("blocking", default=True),
            row=row,
        )
        draft.rules.append(rule)
    table.close()


def _read_evolution(source: Source, draft: DraftVersion, faults: list[Fault]) -> None:
    if EVOLUTION not in source.names():
        return
    table = source.table(EVOLUTION, faults)
    if table is None:
        return
    draft.evolution = DraftEvolution(
        version=table.slug("version"),
        place=table.at("version"),
        renamed=table.pairs("renamed"),
        merged=table.pairs("merged"),
        split=table.lists("split"),
        removed=table.texts("removed"),
        renamed_variables=table.pairs("renamed_variables"),
        set_aside=[
            (
                row.text("code", longest=30),
                row.flag("keep_answer", default=True),
                row.flag("keep_proofs", default=True),
                row.at("code"),
            )
            for row in table.tables("carried")
        ],
    )
    table.close()


def _variable(row: Table, step: str) -> DraftVariable:
    kind = row.text("kind")
    if kind and kind not in Variable.Kind.values:
        row.at("kind").refuse(f"la nature « {kind} » est inconnue ; attendu : {_list(Variable.Kind.values)}")
    is_boolean = kind == Variable.Kind.BOOLEAN
    choices = row.pairs("choices")
    if is_boolean is bool(choices):
        row.place.refuse("un choix a des « choices », une question oui ou non n'en a pas")
    return DraftVariable(
        code=row.text("code", longest=60),
        step=step,
        label=row.text("label", longest=300),
        help=row.text("help", required=False),
        statement=row.text("statement", required=is_boolean, longest=300),
        negation=row.text("negation", required=is_boolean, longest=300),
        kind=kind,
        choices=[(code, label) for code, label, _ in choices],
        derived_from=row.text("derived_from", required=False, longest=300),
        asked_if=row.text("asked_if", required=False, longest=300),
        row=row,
    )


def _questionnaire(table: Table, code: str) -> DraftQuestionnaire:
    if table.slug("code") not in ("", code):
        table.at("code").refuse(f"le code doit être « {code} », comme le nom du fichier")
    questionnaire = DraftQuestionnaire(
        code=code,
        title=table.text("title", longest=200),
        intro=table.text("intro"),
        is_answered=table.flag("is_answered", default=True),
        na_reasons=admitted(table),
        sections=[_section(row) for row in table.tables("sections", required=True)],
    )
    table.close()
    return questionnaire


def _section(row: Table) -> DraftSection:
    """`double_evaluation` said of a section holds for each of its criteria that does not say otherwise."""
    is_double = row.flag("double_evaluation", default=False)
    return DraftSection(
        code=row.slug("code"),
        title=row.text("title", longest=200),
        advice=row.text("advice", required=False),
        criteria=[_criterion(table, is_double=is_double) for table in row.tables("criteria", required=True)],
        row=row,
    )


def _criterion(row: Table, *, is_double: bool) -> DraftCriterion:
    profile = row.text("profile")
    if profile and profile not in Profile.values:
        row.at("profile").refuse(f"le profil « {profile} » est inconnu ; attendu : {_list(Profile.values)}")
    return DraftCriterion(
        code=row.text("code", longest=30),
        text=row.text("text"),
        condition=row.text("condition", required=False, longest=300) or ALWAYS,
        level=_level(row),
        profile=profile,
        proofs=list(_proofs(row)),
        dispensed_by=_certificates(row),
        guidance=row.text("guidance", required=False),
        points=[_point(table) for table in row.tables("points")],
        row=row,
        examples=examples(row),
        na_reasons=admitted(row),
        never_na=row.flag("never_na", default=False),
        double_evaluation=row.flag("double_evaluation", default=is_double),
        weight=row.number("weight", default=1, highest=HEAVIEST),
    )


def _point(row: Table) -> DraftPoint:
    return DraftPoint(
        code=row.text("code", longest=30),
        text=row.text("text"),
        level=_level(row),
        condition=row.text("condition", required=False, longest=300) or ALWAYS,
        dispensed_by=_certificates(row),
        row=row,
    )


def _level(row: Table) -> str:
    word = row.text("level")
    if word and word not in LEVELS:
        row.at("level").refuse(f"le niveau « {word} » est inconnu ; attendu : {_list(LEVELS)}")
    return str(LEVELS.get(word, ""))


def _proofs(row: Table) -> Iterator[tuple[str, str]]:
    """Read proofs written as « DOC extrait du registre »: a kind, then what is expected precisely."""
    for text, place in row.texts("proofs", required=True):
        kind, _, detail = text.partition(" ")
        if kind not in ExpectedProof.Kind.values:
            place.refuse(f"la preuve « {kind} » est inconnue ; attendu : {_list(ExpectedProof.Kind.values)}")
        if len(detail) > 200:
            place.refuse("la précision d'une preuve dépasse 200 caractères")
        yield kind, detail.strip()


def _certificates(row: Table) -> list[str]:
    found = []
    for code, place in row.texts("dispensed_by"):
        if code not in CERTIFICATES:
            place.refuse(f"le certificat « {code} » est inconnu ; attendu : {_list(CERTIFICATES)}")
        found.append(code)
    return found


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)
