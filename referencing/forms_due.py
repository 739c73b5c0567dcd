"""Forms that give a date to the éditeur, or ask for another."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from referencing.due_dates import why_not_due
from referencing.forms import DateField, long_text


class DueDateField(DateField):
    """A date by which the éditeur must answer: in the future, on a worked day, within a year."""

    default_error_messages = {
        "required": "Fixez une échéance.",
        "invalid": "Écrivez une date, par exemple 31/12/2026.",
    }

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and (sentence := why_not_due(day, timezone.localdate())):
            raise forms.ValidationError(sentence)
        return day


class AskTimeForm(forms.Form):
    """The éditeur asks for more time."""

    until = DueDateField(label="Nouvelle échéance souhaitée", help_text="Un jour ouvré, après l'échéance actuelle.")
    motive = long_text(
        "Pourquoi vous faut-il plus de temps ?", help_text="Lu par le support et par l'expert qui coordonne."
    )


class GrantTimeForm(forms.Form):
    """Give more time: the date wished, or another. Unasked, it says why."""

    until = DueDateField(label="Nouvelle échéance")
    answer = long_text("Message à l'éditeur", rows=3, required=False)

    def __init__(self, *args: Any, is_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_asked:
            self.fields["answer"].label = "Motif"
            self.fields["answer"].required = True
            self.fields["answer"].help_text = "Lu par l'éditeur."


class RefuseTimeForm(forms.Form):
    answer = long_text("Motif du refus", help_text="Lu par l'éditeur.", rows=3)
