"""The sheet « Barème »: what each verdict is worth and the thresholds, out as rows and back as the file it stands for."""

from collections.abc import Iterator

from yaml.nodes import Node

from questionnaires.drafts import DraftVersion
from questionnaires.publishing import columns as at
from questionnaires.publishing.cells import Line
from questionnaires.publishing.nodes import Pairs, mapping, text
from questionnaires.reading import Fault

ALONE = {at.EACH_MANDATORY: "mandatory", at.ALL_OF_IT: "whole"}


def rows(draft: DraftVersion) -> Iterator[list[str]]:
    if draft.scale is None:
        return
    for name, number, _ in draft.scale.points:
        yield [at.POINTS, name, str(number)]
    yield [at.THRESHOLD, at.EACH_MANDATORY, str(draft.scale.mandatory)]
    yield [at.THRESHOLD, at.ALL_OF_IT, str(draft.scale.whole)]
    for code, number, _ in draft.scale.questionnaires:
        yield [at.THRESHOLD, code, str(number)]


def scale(lines: list[Line], faults: list[Fault]) -> Node | None:
    """Return the file that the lines stand for; None for an empty sheet."""
    if not lines:
        return None
    points: Pairs = []
    thresholds: Pairs = []
    alone: Pairs = []
    for line in lines:
        pair = (line["nom"], text(line["valeur"], at.SCALE, line, keep_blank=True))
        nature = line["nature"].casefold()
        if nature == at.POINTS:
            points.append(pair)
        elif nature != at.THRESHOLD:
            known = f"{at.POINTS} ou {at.THRESHOLD}"
            faults.append(Fault(at.SCALE, line.number, f"« {line['nature']} » : attendu {known}"))
        elif pair[0].casefold() in ALONE:
            alone.append((ALONE[pair[0].casefold()], pair[1]))
        else:
            thresholds.append(pair)
    start = lines[0]
    pairs: Pairs = [
        ("points", mapping(points, at.SCALE, start)),
        *alone,
        ("questionnaires", mapping(thresholds, at.SCALE, start) if thresholds else None),
    ]
    return mapping(pairs, at.SCALE, start)
