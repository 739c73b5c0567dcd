"""Forms of the evaluation. Nothing is cut short: a text too long is refused with a sentence, and kept."""

from typing import Any

from django import forms

from evaluation.double import needs_second
from evaluation.grid import Line
from evaluation.models import Appraisal, DraftVerdict, Judgement
from evaluation.values import MOTIVE_MAX, Value, lacks, too_long
from questionnaires.fields import EvidenceFileField
from referencing.forms_due import DueDateField


class LongText(forms.CharField):
    """Free text. `optional` only marks the label: what is needed depends on the verdict, or waits for the end.
    `required_sentence` is what is said when it is needed here and now.

    No `maxlength`: a browser would cut what is pasted without a word.
    """

    def __init__(self, *, rows: int, optional: bool = True, required_sentence: str = "", **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), required=not optional, **kwargs)
        self.required_sentence = required_sentence

    def validate(self, value: str) -> None:
        if self.required_sentence and not value.strip():
            raise forms.ValidationError(self.required_sentence)
        if len(value) > MOTIVE_MAX:
            raise forms.ValidationError(too_long(value))


class VerdictForm(forms.Form):
    """The verdict on one criterion. `edition` is that of the verdict that was on the page."""

    use_required_attribute = False

    value = forms.ChoiceField(
        label="Verdict",
        choices=Value,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un verdict.", "invalid_choice": "Choisissez un verdict."},
    )
    motive = LongText(
        label="Motif",
        rows=4,
        optional=False,
        help_text="Figure au rapport. Inutile pour « Conforme » et « Sans objet ».",
    )
    expected = LongText(
        label="Complément attendu",
        rows=3,
        optional=False,
        help_text="Pour « Complément demandé » seulement : ce texte sera envoyé à l'éditeur.",
    )
    private_note = LongText(
        label="Note interne", rows=2, help_text="Lue par les évaluateurs seulement, jamais transmise."
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        problems = lacks(data.get("value", ""), data.get("motive", ""), data.get("expected", ""))
        for name, sentence in problems.items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return data


def verdict_initial(line: Line, verdict: Judgement | None, opinion: Appraisal | None = None) -> dict[str, Any]:
    """Return what the form shows first. A verdict to review gives back its motive, and must be chosen anew.

    Where two experts judge, the form is filled from one's own `opinion`, never from what both made.
    """
    found, seen = opinion if needs_second(line) else verdict, line.on_file.mark
    if found is None:
        return {"edition": 0, "seen": seen}
    kept = {"motive": found.motive, "private_note": found.private_note, "edition": found.edition, "seen": seen}
    return kept if line.is_left else {**kept, "value": found.value, "expected": found.expected}


def with_draft(initial: dict[str, Any], draft: DraftVerdict | None) -> dict[str, Any]:
    """Put what was being typed in the place of what would be shown first."""
    if draft is None:
        return initial
    names = ("value", "motive", "expected", "private_note")
    return {**initial, **{name: getattr(draft, name) for name in names}}


class ComplementForm(forms.Form):
    """What goes with the list of complements. `edition` is that of the draft that was on the page."""

    optional_fields = ("joined",)

    deadline = DueDateField(label="Réponse attendue avant le", help_text="Un jour ouvré, à partir de demain.")
    message = LongText(
        label="Message à l'éditeur", rows=5, help_text="Précède la liste des compléments, sur sa page et au courrier."
    )
    joined = EvidenceFileField(
        label="Pièces à joindre",
        multiple=True,
        required=False,
        help_text="Un modèle, un exemple. Elles passent par l'antivirus ; l'éditeur les lit une fois la demande envoyée.",
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
