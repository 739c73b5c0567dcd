"""What people type about themselves and their organisation."""

from typing import ClassVar

from django import forms
from django.http import HttpRequest

from accounts.models import Organisation, User, check_siren, check_siret


class SignupForm(forms.Form):
    """The two questions that allauth does not ask; it adds e-mail and password."""

    full_name = forms.CharField(
        label="Prénom et nom", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    quality = forms.CharField(
        label="Fonction",
        max_length=150,
        required=False,
        help_text="Par exemple « directrice produit ». Elle figure à côté de votre nom dans les échanges.",
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    field_order = ["full_name", "quality", "email", "password1", "password2"]

    def signup(self, request: HttpRequest, user: User) -> None:
        user.full_name = self.cleaned_data["full_name"]
        user.quality = self.cleaned_data["quality"]
        user.save(update_fields=["full_name", "quality"])


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("full_name", "quality")
        widgets: ClassVar = {
            "full_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "quality": forms.TextInput(attrs={"autocomplete": "organization-title"}),
        }
        labels: ClassVar = {"full_name": "Prénom et nom", "quality": "Fonction"}


class OrganisationForm(forms.Form):
    """An éditeur who comes for the first time."""

    name = forms.CharField(
        label="Raison sociale", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    siren = forms.CharField(
        label="Numéro SIREN",
        max_length=20,
        help_text="Neuf chiffres, par exemple 732 829 320.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    siret = forms.CharField(
        label="SIRET de l'établissement qui porte le service",
        max_length=25,
        required=False,
        help_text="Quatorze chiffres : le SIREN, puis les cinq de l'établissement.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    address = forms.CharField(
        label="Adresse", max_length=300, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip

    def clean_siren(self) -> str:
        """Spaces are how people write it; the key tells a slip of the finger."""
        siren = "".join(self.cleaned_data["siren"].split())
        check_siren(siren)
        if Organisation.objects.filter(siren=siren).exists():
            raise forms.ValidationError(
                "Cette organisation est déjà inscrite : demandez à une personne mandatée de votre équipe "
                "de vous y inviter, ou écrivez à notre support."
            )
        return siren

    def clean_siret(self) -> str:
        siret, siren = "".join(self.cleaned_data["siret"].split()), self.cleaned_data.get("siren")
        if not siret:
            return ""
        check_siret(siret)
        if siren and not siret.startswith(siren):
            raise forms.ValidationError(
                "Ce SIRET est celui d'une autre organisation : il ne commence pas par le SIREN."
            )
        return siret
