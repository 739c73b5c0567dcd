"""Forms of the double evaluation."""

from typing import Any

from django import forms

from evaluation.forms import LongText, VerdictForm
from evaluation.grid import Line


class SettlementForm(VerdictForm):
    """The lead's decision between two opinions. `settlement` says why; `motive` is that of the verdict."""

    private_note = None  # type: ignore[assignment]  # what evaluators say to each other is in the discussion
    seen = None  # type: ignore[assignment]  # the page shows both opinions, and who gave them
    settlement = LongText(
        label="Pourquoi vous tranchez ainsi",
        rows=3,
        optional=False,
        help_text="Gardé avec le verdict, lu par les évaluateurs et le support seulement.",
    )
    field_order = ("value", "motive", "expected", "settlement", "edition")


class NoteForm(forms.Form):
    """One word in the discussion of two opinions."""

    use_required_attribute = False

    text = LongText(
        label="Votre note", rows=3, optional=False, help_text="Lue par les évaluateurs et le support seulement."
    )


class WaiverForm(forms.Form):
    """Why one expert is enough."""

    use_required_attribute = False

    motive = LongText(
        label="Motif", rows=4, optional=False, help_text="Inscrit au journal de la candidature, à votre nom."
    )


def settlement_initial(line: Line) -> dict[str, Any]:
    """Return what the form shows first: nothing of either opinion, or the decision already taken."""
    verdict = line.verdict
    if verdict is None or line.is_left:
        return {"edition": line.verdict_edition}
    return {
        "value": verdict.value,
        "motive": verdict.motive,
        "expected": verdict.expected,
        "settlement": verdict.settlement,
        "edition": verdict.edition,
    }
