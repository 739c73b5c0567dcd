"""What a version says of the one before it: read as a lineage, and checked, each fault where it was written."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from questionnaires.drafts import DraftEvolution, DraftVersion, criteria_and_points
from questionnaires.lineage import Lineage
from questionnaires.reading import Place


@dataclass(frozen=True)
class Ancestor:
    """A published version, as far as a later one may speak of it. `points` are the requirements its criteria merged."""

    code: str
    criteria: frozenset[str]
    points: frozenset[str]
    variables: frozenset[str]


def lineage_of(draft: DraftVersion) -> Lineage:
    """Return what a draft says of the version before it."""
    said = draft.evolution
    if said is None:
        return Lineage()
    return Lineage(
        version=said.version,
        renamed={old: new for old, new, _ in said.renamed},
        merged={old: new for old, new, _ in said.merged},
        split={old: [code for code, _ in new] for old, new, _ in said.split},
        removed=[code for code, _ in said.removed],
        renamed_variables={old: new for old, new, _ in said.renamed_variables},
        answers_aside=[code for code, answer, _, _ in said.set_aside if not answer],
        proofs_aside=[code for code, _, proofs, _ in said.set_aside if not proofs],
    )


def check_evolution(draft: DraftVersion, ancestors: Mapping[str, Ancestor]) -> None:
    """Refuse what leads nowhere, contradicts itself, or speaks of what the older version does not have."""
    said = draft.evolution
    if said is None:
        return
    if said.version and said.version == draft.code:
        said.place.refuse("une version ne peut pas se suivre elle-même")
    criteria = {criterion.code: {point.code for point in criterion.points} for criterion in draft.criteria}
    present = {code for code, _ in criteria_and_points(draft)}
    _check_targets(said, criteria, present)
    _check_contradictions(said)
    _check_points(draft, said)
    _check_variables(draft, said)
    ancestor = ancestors.get(said.version)
    if ancestor is not None:
        _check_against(said, ancestor, present)


def _check_targets(said: DraftEvolution, criteria: Mapping[str, Collection[str]], present: Collection[str]) -> None:
    for old, target, place in said.merged:
        if target not in criteria:
            place.refuse(f"{old} est fusionné dans « {target} », qui n'existe pas")
        elif old not in criteria[target]:
            place.refuse(f"{old} est fusionné dans {target}, qui ne le porte pas parmi ses points")
    for old, target, place in said.renamed:
        if target not in criteria:
            place.refuse(f"{old} est renommé « {target} », qui n'existe pas")
        elif old in present:
            place.refuse(f"{old} est dit renommé, mais figure encore dans un questionnaire")
    for code, place in said.removed:
        if code in present:
            place.refuse(f"{code} est dit retiré, mais figure dans un questionnaire")
    _check_splits(said, criteria, present)


def _check_splits(said: DraftEvolution, criteria: Collection[str], present: Collection[str]) -> None:
    for old, targets, place in said.split:
        codes = {code for code, _ in targets}
        for target, where in targets:
            if target not in criteria:
                where.refuse(f"{old} est scindé en « {target} », qui n'existe pas")
        if len(codes) == 1:
            place.refuse(f"{old} est scindé en un seul critère : dites-le renommé, ou nommez les autres")
        elif old in present and old not in codes:
            place.refuse(f"{old} est scindé sans se garder lui-même, mais figure encore dans un questionnaire")


def _check_contradictions(said: DraftEvolution) -> None:
    fates: dict[str, str] = {}
    for old, fate, place in sorted(said.fates, key=lambda named: named[2].line):
        if old in fates:
            both = f"deux fois {fate}" if fates[old] == fate else f"à la fois {fates[old]} et {fate}"
            place.refuse(f"{old} est dit {both}")
        fates.setdefault(old, fate)
    names: dict[str, str] = {}
    for old, target, place in said.renamed:
        if target in names:
            place.refuse(f"{old} et {names[target]} sont renommés {target} tous les deux : dites l'un fusionné")
        names.setdefault(target, old)
    seen: set[str] = set()
    for code, _, _, place in said.set_aside:
        if fates.get(code) == "retiré":
            place.refuse(f"{code} est dit retiré : il n'y a rien à reprendre de lui")
        if code in seen:
            place.refuse(f"{code} figure deux fois parmi ce qui est repris")
        seen.add(code)


def _check_points(draft: DraftVersion, said: DraftEvolution) -> None:
    declared = {old for old, _, _ in said.merged}
    for criterion in draft.criteria:
        for point in criterion.points:
            if said.version and point.code not in declared:
                point.row.at("code").refuse(f"le point {point.code} n'est pas déclaré dans « merged » d'evolution.yaml")


def _check_variables(draft: DraftVersion, said: DraftEvolution) -> None:
    codes = {variable.code for variable in draft.variables}
    for old, new, place in said.renamed_variables:
        if new not in codes:
            place.refuse(f"la question « {old} » est renommée « {new} », qui n'existe pas")
        if old in codes:
            place.refuse(f"la question « {old} » est dite renommée, mais elle est encore posée")


def _check_against(said: DraftEvolution, ancestor: Ancestor, present: Collection[str]) -> None:
    """Nothing of the older version may be left without a fate, nor a fate be given to what it does not have."""
    named = {old for old, _, _ in said.fates}
    for old, place in _named(said):
        if old not in ancestor.criteria and old not in ancestor.points:
            place.refuse(f"{old} n'existe pas dans la version « {ancestor.code} »")
    for old, _, place in said.renamed_variables:
        if old not in ancestor.variables:
            place.refuse(f"la question « {old} » n'existe pas dans la version « {ancestor.code} »")
    for old, target, place in said.renamed:
        if target in ancestor.criteria:
            place.refuse(f"{old} est renommé {target}, un identifiant que « {ancestor.code} » donnait déjà")
    lost = sorted(ancestor.criteria - named - set(present))
    if lost:
        said.place.refuse(
            f"on ne sait pas ce que deviennent ces critères de « {ancestor.code} » : {', '.join(lost)} ; "
            "dites-les renommés, fusionnés, scindés ou retirés"
        )


def _named(said: DraftEvolution) -> Iterator[tuple[str, Place]]:
    yield from ((old, place) for old, _, place in said.fates)
    yield from ((code, place) for code, _, _, place in said.set_aside)
