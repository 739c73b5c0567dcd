"""What people type about themselves, their organisation and their team."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest

from accounts.models import Membership, Organisation, User, check_siren
from accounts.roles import Profile
from accounts.services import acts_for_the_state

NOT_ADDED = (
    "Aucune personne de cette adresse ne peut être ajoutée : vérifiez l'adresse et invitez la personne à créer son "
    "compte. Si elle agit pour l'administration ou la commission, elle ne peut pas faire partie d'une équipe d'éditeur."
)


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
                "de vous y ajouter, ou écrivez à notre support."
            )
        return siren


class MembershipForm(forms.Form):
    """What a person does in a team."""

    profiles = forms.MultipleChoiceField(
        label="Profils",
        choices=Profile.choices,
        required=False,
        help_text="Ils disent à quels critères cette personne répond.",
        widget=forms.CheckboxSelectMultiple,
    )
    is_mandated = forms.BooleanField(
        label="Personne mandatée",
        required=False,
        help_text="Elle peut déposer et retirer une candidature au nom de l'organisation.",
    )


class MemberForm(MembershipForm):
    """Add to a team somebody who already has an account.

    Whoever acts for the State is refused, else an éditeur could recuse an expert by adding them; with the same sentence
    as an unknown address, so that the form tells nobody who has an account.
    """

    email = forms.EmailField(
        label="Adresse électronique de la personne",
        help_text="Celle avec laquelle elle a créé son compte, par exemple prenom.nom@exemple.fr.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("email", "profiles", "is_mandated")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        person = User.objects.filter(email=email, is_active=True).first()
        if person is None or acts_for_the_state(person):
            raise forms.ValidationError(NOT_ADDED)
        if Membership.objects.filter(user=person, organisation=self.organisation).exists():
            raise forms.ValidationError("Cette personne fait déjà partie de l'organisation.")
        self.cleaned_data["person"] = person
        return email
