"""Why the criteria of a sheet apply or not, in words that lead back to the questions of the orientation."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from questionnaires.models import Sheet, Variable
from questionnaires.reasons import Explainer, Reason
from questionnaires.sheets.overview import Item, Overview

ASIDE = "aside"


@dataclass(frozen=True)
class Explained:
    """A criterion with its reason. Only the team that wrote it may be shown `item.aside`."""

    item: Item
    reason: Reason

    @property
    def text(self) -> str:
        """All that may be searched: code, requirement, points, advice, reason and rule."""
        criterion = self.item.criterion
        points = [f"{point.code} {point.text}" for point in self.item.points]
        parts = (criterion.code, criterion.text, *points, criterion.guidance, self.reason.sentence, self.reason.rule)
        return plain(" ".join(parts))


def explainer(sheet: Sheet) -> Explainer:
    """Return what explains any criterion of the version to this sheet. One query."""
    return Explainer(Variable.objects.filter(version=sheet.version_id), sheet.given)


def explain(found: Explainer, whole: Overview) -> list[Explained]:
    """Return each criterion with its reason, in the order of the référentiel."""
    return [Explained(item, found.reason(item.criterion, item.verdict)) for item in whole.items]


def search(rows: Iterable[Explained], *, questionnaire: str = "", state: str = "", words: str = "") -> list[Explained]:
    """Keep what is of a questionnaire, in a state (of `applicability.State`, or ASIDE) and holds every word.

    Case and accents do not count. An empty criterion keeps everything.
    """
    wanted = plain(words).split()
    return [
        row
        for row in rows
        if questionnaire in ("", row.item.criterion.section.questionnaire.code)
        and (state in ("", row.reason.verdict.state) or (state == ASIDE and row.item.aside is not None))
        and all(word in row.text for word in wanted)
    ]


def plain(text: str) -> str:
    """Lower case, without accents: « Éligibilité » → « eligibilite »."""
    decomposed = unicodedata.normalize("NFD", text.replace("’", "'").casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
