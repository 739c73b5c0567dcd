"""The forms of a candidature that takes up a former one."""

from typing import Any

from django import forms

from questionnaires.models import Version
from referencing.forms import DECLINATIONS
from referencing.models import Candidature, Service
from referencing.origins import Motive
from referencing.renewal import NewService, sister_services


class RenewalForm(forms.Form):
    """Which référentiel; and for a sister product, which service."""

    motif = forms.ChoiceField(choices=Motive, widget=forms.HiddenInput)
    version = forms.ModelChoiceField(
        Version.objects.none(),
        to_field_name="code",
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Ce référentiel n'est plus ouvert aux nouvelles candidatures."},
    )

    def __init__(self, *args: Any, candidature: Candidature, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidature = candidature
        self.fields["version"].queryset = Version.objects.open_for_filing()  # type: ignore[attr-defined]

    def service(self) -> Service | NewService | None:
        return None


class SisterForm(RenewalForm):
    """The other service: one that the organisation already described, or a new one."""

    optional_fields = ()

    sister = forms.ModelChoiceField(
        Service.objects.none(),
        label="L'autre service",
        required=False,
        empty_label="Un nouveau service, décrit ci-dessous",
    )
    name = forms.CharField(label="Nom commercial", required=False, max_length=120)
    purpose = forms.CharField(
        label="À quoi sert le service",
        required=False,
        max_length=500,
        help_text="En deux phrases, pour un usager.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    declinations = forms.MultipleChoiceField(
        label="Déclinaisons", required=False, choices=DECLINATIONS, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = sister_services(self.candidature)
        self.fields["sister"].queryset = others  # type: ignore[attr-defined]
        if not others:
            self.fields["sister"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("sister") or "sister" in self.errors:
            return data
        wanted = {
            "name": "Indiquez le nom commercial de l'autre service.",
            "purpose": "Dites en deux phrases à quoi il sert.",
            "declinations": "Cochez au moins une déclinaison.",
        }
        for name, sentence in wanted.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        taken = Service.objects.filter(organisation=self.candidature.organisation, name=data.get("name", ""))
        if taken.exists():
            self.add_error("name", "Votre organisation a déjà un service de ce nom : choisissez-le dans la liste.")
        return data

    def service(self) -> Service | NewService | None:
        data = self.cleaned_data
        return data["sister"] or NewService(data["name"], data["purpose"], data["declinations"])
