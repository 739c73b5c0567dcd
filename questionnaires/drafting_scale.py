"""Reading the scale of a référentiel, and what must hold of it: every verdict worth something, thresholds that exist."""

from collections.abc import Mapping
from itertools import pairwise

from questionnaires.drafts import DraftScale, DraftVersion
from questionnaires.reading import Fault
from questionnaires.scales import GRADES, HIGHEST, Scale
from questionnaires.sources import Source

SCALE = "bareme.yaml"
HEAVIEST = 100


def read_scale(source: Source, draft: DraftVersion, faults: list[Fault]) -> None:
    """Read what each verdict is worth. Without that file the version has no score at all."""
    if SCALE not in source.names():
        return
    table = source.table(SCALE, faults)
    if table is None:
        return
    draft.scale = DraftScale(
        points=table.numbers("points", highest=HIGHEST),
        mandatory=table.number("mandatory", default=0, highest=HIGHEST),
        whole=table.number("whole", default=0, highest=HIGHEST),
        questionnaires=table.numbers("questionnaires", highest=HIGHEST),
        row=table,
    )
    table.close()


def check_scale(draft: DraftVersion) -> None:
    """Refuse a scale with a verdict missing or unknown, a worse verdict worth more, a threshold for nothing."""
    if draft.scale is None:
        return
    points = {name: number for name, number, _ in draft.scale.points}
    for name, _, place in draft.scale.points:
        if name not in GRADES:
            place.refuse(f"le verdict « {name} » est inconnu ; attendu : {', '.join(GRADES)}")
    absent = [name for name in GRADES if name not in points]
    if absent:
        draft.scale.row.at("points").refuse(f"le barème ne dit pas ce que vaut : {', '.join(absent)}")
    for better, worse in pairwise(name for name in GRADES if name in points):
        if points[worse] > points[better]:
            draft.scale.row.at("points").refuse(f"« {worse} » vaut plus que « {better} »")
    judged = {questionnaire.code for questionnaire in draft.questionnaires if questionnaire.is_answered}
    for code, _, place in draft.scale.questionnaires:
        if code not in judged:
            place.refuse(f"le seuil vise « {code} », qui n'est pas un questionnaire jugé de cette version")


def scale_of(draft: DraftVersion) -> Mapping[str, object]:
    """Return the scale of a draft as the version keeps it, {} when it has none."""
    if draft.scale is None:
        return {}
    return Scale(
        points={GRADES[name]: number for name, number, _ in draft.scale.points},
        mandatory=draft.scale.mandatory,
        whole=draft.scale.whole,
        questionnaires={code: number for code, number, _ in draft.scale.questionnaires},
    ).as_json()
