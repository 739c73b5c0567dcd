"""The fiche, as the éditeur or the support fills it."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

from catalogue.fiches import WRITTEN_FIELDS
from catalogue.models import FicheDraft
from catalogue.vocabulary import EconomicModel, Region, Thematic

APP_STORE = "https://apps.apple.com/"
GOOGLE_PLAY = "https://play.google.com/store/apps/"


class WebAddress(forms.URLField):
    """An address in https; `host` is how it must begin, when the shop is known."""

    def __init__(self, *, host: str = "", **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=200,
            assume_scheme="https",
            error_messages={"invalid": "Donnez une adresse complète qui commence par https://."},
            **kwargs,
        )
        self.host = host
        self.validators = [URLValidator(schemes=["https"])]

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        if address and self.host and not address.startswith(self.host):
            raise forms.ValidationError(f"Cette adresse doit commencer par {self.host}.")
        return address


class FicheForm(forms.Form):
    """Everything may be left for later, except the name: what is missing is said beside the form."""

    optional_fields = ("web_url", "ios_url", "android_url", "regions")

    name = forms.CharField(label="Nom du service", max_length=120)
    description = forms.CharField(
        label="En une phrase",
        max_length=160,
        required=False,
        help_text="Ce que le service apporte à une personne, en 160 caractères au plus.",
    )
    long_description = forms.CharField(
        label="Présentation",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="À qui s'adresse le service, ce qu'il fait, comment on s'en sert. Pas d'argument publicitaire.",
    )
    thematics = forms.MultipleChoiceField(
        label="Thématiques", choices=Thematic.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    economic_model = forms.ChoiceField(
        label="Prix pour l'usager", choices=EconomicModel.choices, required=False, widget=forms.RadioSelect
    )
    web_url = WebAddress(
        label="Site web", help_text="Au moins une adresse parmi les trois : site, App Store ou Google Play."
    )
    ios_url = WebAddress(label="Page sur l'App Store", host=APP_STORE)
    android_url = WebAddress(label="Page sur Google Play", host=GOOGLE_PLAY)
    cgu_url = WebAddress(label="Conditions générales d'utilisation")
    consumer_device = forms.BooleanField(
        label="Le service fonctionne avec un appareil grand public",
        required=False,
        help_text="Balance, montre, tensiomètre…",
    )
    medical_device = forms.BooleanField(label="Le service est un dispositif médical", required=False)
    finalities = forms.CharField(
        label="Données échangées avec Mon espace santé, et pourquoi",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Une finalité par ligne, par exemple : « Ajouter ma glycémie, pour la montrer à mon médecin ».",
    )
    regions = forms.MultipleChoiceField(
        label="Régions où le service est proposé",
        choices=Region.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ne cochez rien si le service est proposé dans toute la France.",
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, exchanges_data: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not exchanges_data:
            del self.fields["finalities"]

    @classmethod
    def of(cls, draft: FicheDraft, *, exchanges_data: bool) -> "FicheForm":
        """Return the form filled with the fiche on file."""
        initial = {name: getattr(draft, name) for name in (*WRITTEN_FIELDS, "edition")}
        return cls(initial=initial, exchanges_data=exchanges_data)


class PublishForm(forms.Form):
    read = forms.BooleanField(
        label="J'ai relu la fiche telle que le public la verra.",
        error_messages={"required": "Relisez la fiche, puis cochez la case pour publier."},
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
