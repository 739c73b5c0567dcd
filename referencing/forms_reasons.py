"""The filters of « Pourquoi ces critères », kept in the address of the page."""

from typing import Any

from django import forms

from questionnaires.applicability import State
from questionnaires.sheets import Overview
from questionnaires.sheets.explaining import ASIDE

STATES = [
    ("", "Tous"),
    (State.APPLICABLE.value, "Qui s'appliquent"),
    (State.NOT_APPLICABLE.value, "Qui ne s'appliquent pas"),
    (State.DISPENSED.value, "Dispensés par un certificat"),
]


class ReasonsFilter(forms.Form):
    optional_fields = ()

    questionnaire = forms.ChoiceField(label="Questionnaire", required=False)
    state = forms.ChoiceField(label="Situation", required=False)
    words = forms.CharField(
        label="Rechercher un mot", max_length=100, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *args: Any, whole: Overview, with_aside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(view.code, view.title) for view in whole.questionnaires]
        self.fields["questionnaire"].choices = [("", "Tous"), *titles]  # type: ignore[attr-defined]
        aside = [(ASIDE, "Dont la réponse est mise de côté")] if with_aside else []
        self.fields["state"].choices = STATES + aside  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, str]:
        """What is asked for; a value that is not proposed counts as nothing asked."""
        return dict(self.cleaned_data) if self.is_valid() else {}
