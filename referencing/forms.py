"""Forms of the hall. What they refuse, they say in one French sentence."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from accounts.models import Organisation, User
from questionnaires.models import Version
from referencing.models import Convention, Decision, Service, Signature

DECLINATIONS = [("web", "Site web"), ("ios", "Application iOS"), ("android", "Application Android")]
LONG_TEXT = 20_000


def long_text(label: str, *, help_text: str = "", required: bool = True, rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONG_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DateField(forms.DateField):
    """A date picked in the browser, required to be after today when `future`."""

    def __init__(self, *, future: bool = False, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)
        self.future = future

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and self.future and day <= timezone.localdate():
            raise forms.ValidationError("Choisissez une date à venir : celle-ci est passée ou c'est aujourd'hui.")
        return day


class MotiveForm(forms.Form):
    motive = long_text("Motif")

    def __init__(self, *args: Any, label: str = "Motif", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motive"].label = label


class OpeningForm(forms.Form):
    """Open a candidature for a service of one of the person's organisations, existing or new."""

    optional_fields = ()

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisation qui dépose")
    service = forms.ModelChoiceField(
        Service.objects.none(),
        label="Service déjà connu",
        required=False,
        empty_label="Un nouveau service, décrit ci-dessous",
    )
    name = forms.CharField(
        label="Nom commercial",
        required=False,
        max_length=120,
        help_text="Le nom que voient les usagers dans les magasins d'applications.",
    )
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
    version = forms.ModelChoiceField(
        Version.objects.none(),
        label="Référentiel",
        empty_label=None,
        help_text="La candidature reste rattachée à cette version jusqu'à la fin.",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = Organisation.objects.filter(memberships__user=user)
        versions = Version.objects.open_for_filing()
        self.fields["organisation"].queryset = self.organisations  # type: ignore[attr-defined]
        self.fields["organisation"].initial = self.organisations.first()
        services = Service.objects.filter(organisation__in=self.organisations)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
        if not services.exists():
            self.fields["service"].widget = forms.HiddenInput()
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]
        self.fields["version"].initial = versions.first()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        service, organisation = data.get("service"), data.get("organisation")
        if service and organisation and service.organisation_id != organisation.pk:
            self.add_error("service", "Ce service appartient à une autre organisation que celle choisie.")
        if not service:
            for name, sentence in (
                ("name", "Indiquez le nom commercial du service."),
                ("purpose", "Dites en deux phrases à quoi sert le service."),
                ("declinations", "Cochez au moins une déclinaison du service."),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
            if organisation and Service.objects.filter(organisation=organisation, name=data.get("name")).exists():
                self.add_error("name", "Votre organisation a déjà un service de ce nom : choisissez-le dans la liste.")
        return data


class AttestationForm(forms.Form):
    """The attestation sur l'honneur that goes with a dépôt. `read` is the print of the answers it was read with."""

    attests = forms.BooleanField(
        label="J'atteste sur l'honneur tout ce qui précède.",
        error_messages={"required": "Cochez l'attestation sur l'honneur pour déposer."},
    )
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class IncompletenessForm(forms.Form):
    missing = long_text(
        "Pièces manquantes",
        help_text="Une par ligne, chacune avec le texte qui l'exige, par exemple : « Extrait Kbis de moins de trois mois — critère ADM-01 ».",
    )
    deadline = DateField(label="À fournir avant le", future=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = settings.PROCEDURE["incomplete_reply_days"]
        self.fields["deadline"].initial = timezone.localdate() + timedelta(days=days)

    def clean_missing(self) -> list[dict[str, str]]:
        lines = [line.strip(" -•\t") for line in self.cleaned_data["missing"].splitlines()]
        parts = [line.partition(" — ") for line in lines if line]
        return [{"what": what.strip(), "basis": basis.strip()} for what, _, basis in parts]


class InadmissibilityForm(forms.Form):
    grounds = long_text(
        "Motifs, en droit et en fait", help_text="Ils seront notifiés à l'éditeur avec les voies de recours."
    )


class AdmissionForm(forms.Form):
    note = long_text("Note pour les experts", required=False, rows=3)


class DecisionForm(forms.ModelForm):
    """Draft of the decision, with its grounds."""

    class Meta:
        model = Decision
        fields = ("outcome", "grounds_law", "grounds_fact")
        widgets = {"outcome": forms.RadioSelect}

    outcome = forms.ChoiceField(label="Sens de la décision", choices=Decision.Outcome, widget=forms.RadioSelect)
    grounds_law = long_text("Motifs de droit", help_text="Les textes sur lesquels la décision se fonde.")
    grounds_fact = long_text("Motifs de fait", help_text="Ce que le dossier, le rapport et l'avis établissent.", rows=8)


class ReserveForm(forms.Form):
    reserve = forms.CharField(widget=forms.HiddenInput)
    finding = long_text("Constat qui lève la réserve", rows=3)


class ConventionForm(forms.ModelForm):
    class Meta:
        model = Convention
        fields = ("starts_on", "months", "data_categories")

    starts_on = DateField(label="Prend effet le")
    months = forms.IntegerField(label="Durée en mois", min_value=1, max_value=60)
    data_categories = long_text(
        "Catégories de données accessibles",
        required=False,
        help_text="Avec l'accord exprès du titulaire, finalité par finalité.",
        rows=3,
    )


class SignatureForm(forms.ModelForm):
    class Meta:
        model = Signature
        fields = ("party", "name", "quality", "signed_on")

    party = forms.ChoiceField(label="Partie", widget=forms.RadioSelect)
    signed_on = DateField(label="Signée le")

    def __init__(self, *args: Any, convention: Convention | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signed = {s.party for s in convention.signatures.all()} if convention else set()
        self.fields["party"].choices = [c for c in Signature.Party.choices if c[0] not in signed]  # type: ignore[attr-defined]
        self.fields["signed_on"].initial = timezone.localdate()

    def clean_signed_on(self) -> date:
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Une signature ne peut pas être datée dans l'avenir.")
        return day
