"""Two people on one report: what each wrote, text by text, and what both would make together."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.models import DraftReport
from questionnaires.merging import Merge, merge

LABELS = {"synthesis": "Synthèse", "recommendation": "Recommandation à la commission"}


@dataclass(frozen=True)
class TextClash:
    """One text: `theirs` is on file, `mine` is not; `merged` is a proposition."""

    name: str
    label: str
    theirs: str
    mine: str
    merged: Merge


@dataclass(frozen=True)
class ReportClash:
    """`current` is the report on file, by somebody else."""

    current: DraftReport
    texts: tuple[TextClash, ...]

    @property
    def differing(self) -> list[TextClash]:
        return [text for text in self.texts if text.theirs != text.mine]

    @property
    def clashes(self) -> int:
        return sum(text.merged.clashes for text in self.texts)

    @property
    def theirs(self) -> dict[str, str]:
        return {text.name: text.theirs for text in self.texts}

    @property
    def merged(self) -> dict[str, str]:
        return {text.name: text.merged.text for text in self.texts}


def clash_of(current: DraftReport, mine: Mapping[str, str], base: Mapping[str, str]) -> ReportClash:
    """Return the clash of a refused save; `base` holds the words that were read before writing, as far as known."""
    texts = []
    for name, label in LABELS.items():
        theirs, typed = getattr(current, name), mine[name].replace("\r\n", "\n").strip()
        texts.append(TextClash(name, label, theirs, typed, merge(theirs, typed, base.get(name) or None)))
    return ReportClash(current, tuple(texts))
