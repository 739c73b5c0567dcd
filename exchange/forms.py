"""Forms of the technical tests."""

from typing import Any

from django import forms

from exchange.models import Milestone
from questionnaires.fields import EvidenceFileField
from referencing.tracks import APIS, declared_apis, uncovered_apis

SUMMARY = {
    Milestone.UNIT: "Ce qui a été éprouvé, avec quelle version des spécifications, et ce qui reste à corriger.",
    Milestone.END_TO_END: "Les scénarios joués, leurs résultats, les anomalies rencontrées et leur suite.",
    Milestone.CONNECTION: "La date du raccordement, les participants, les anomalies levées et les réserves consignées.",
}
FILE = {
    Milestone.UNIT: "Rapport de tests unitaires",
    Milestone.END_TO_END: "Dossier de recettes",
    Milestone.CONNECTION: "Cahier de tests final",
}


class ReportForm(forms.Form):
    """The report of one milestone. The unit tests also say which APIs they cover: all those declared."""

    apis = forms.MultipleChoiceField(
        label="API couvertes par le rapport",
        choices=list(APIS.values()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez chaque API que le rapport couvre."},
    )
    summary = forms.CharField(label="Bilan", max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    upload = EvidenceFileField(label="Fichier", error_messages={"required": "Joignez le fichier du rapport."})

    def __init__(self, *args: Any, milestone: Milestone, facts: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": milestone.value})
        self.facts = facts
        self.fields["summary"].help_text = SUMMARY[milestone]
        self.fields["upload"].label = FILE[milestone]
        declared = declared_apis(facts)
        if milestone == Milestone.UNIT:
            self.fields["apis"].choices = [one for one in APIS.values() if one[0] in declared]  # type: ignore[attr-defined]
        else:
            del self.fields["apis"]

    def clean_apis(self) -> list[str]:
        tested = self.cleaned_data["apis"]
        if left_out := uncovered_apis(self.facts, tested):
            names = ", ".join(left_out)
            raise forms.ValidationError(
                f"Le rapport doit couvrir chaque API déclarée dans l'orientation ; il manque : {names}."
            )
        return tested


class SendBackForm(forms.Form):
    """Send a report back, saying why."""

    motive = forms.CharField(
        label="Ce que l'éditeur doit reprendre",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites à l'éditeur ce qu'il doit reprendre."},
    )
