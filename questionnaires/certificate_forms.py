"""The form of a certificate, as its paper reads."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Organisation
from questionnaires.fields import EvidenceFileField
from questionnaires.forms import ProofChoiceField
from questionnaires.models import Certificate, EvidenceRevision, ExpectedProof
from questionnaires.sheets import Given
from questionnaires.vault import of_organisation

ISSUER = "Agence du numérique en santé"


def _day(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class CertificateForm(forms.Form):
    """What the certificate says of itself, and its file: a new one, or one that the organisation already deposited."""

    number = forms.CharField(label="Numéro", max_length=60, help_text="Tel qu'il figure en tête du certificat.")
    issuer = forms.CharField(label="Délivré par", max_length=120, initial=ISSUER)
    product = forms.CharField(label="Produit certifié", max_length=120, help_text="Le nom écrit sur le certificat.")
    product_version = forms.CharField(label="Version du produit", max_length=60)
    edition = forms.ChoiceField(
        label="Référentiel de certification",
        widget=forms.RadioSelect,
        help_text="L'édition citée par le certificat : elle décide des critères dont vous êtes dispensés.",
    )
    issued_on = _day("Délivré le")
    valid_until = _day("Valable jusqu'au", help_text="Dernier jour compris.")
    file = EvidenceFileField(label="Le certificat", required=False)
    existing = ProofChoiceField(
        label="Ou un certificat déjà déposé",
        queryset=EvidenceRevision.objects.none(),
        required=False,
        empty_label="Aucun",
    )

    optional_fields = ()

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        editions: list[tuple[str, str]],
        known: Certificate | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = editions  # type: ignore[attr-defined]
        deposited = of_organisation(organisation).filter(evidence__kind=ExpectedProof.Kind.CERTIFICATE)
        if known:
            deposited = deposited | of_organisation(organisation).filter(pk=known.revision_id)
            names = ("number", "issuer", "product", "product_version", "edition", "issued_on", "valid_until")
            self.initial = {**{name: getattr(known, name) for name in names}, "existing": known.revision_id}
        self.fields["existing"].queryset = deposited  # type: ignore[attr-defined]
        if not deposited.exists():
            self.fields["existing"].widget = forms.HiddenInput()

    def clean_issued_on(self) -> date:
        day: date = self.cleaned_data["issued_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Un certificat ne peut pas être délivré dans l'avenir.")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        issued, until = data.get("issued_on"), data.get("valid_until")
        if issued and until and until < issued:
            self.add_error("valid_until", "Un certificat expire après avoir été délivré : vérifiez les deux dates.")
        if "file" in self.errors or "existing" in self.errors:
            return data
        if not data.get("file") and not data.get("existing"):
            self.add_error("file", "Joignez le fichier du certificat, ou choisissez-en un déjà déposé.")
        return data

    def given(self) -> Given:
        """Return what the certificate says, once the form is valid. A new file goes before a former one."""
        names = ("number", "issuer", "product", "product_version", "edition", "issued_on", "valid_until")
        return Given(**{name: self.cleaned_data[name] for name in names})


class CheckForm(forms.Form):
    """What support found of a certificate."""

    optional_fields = ("motive",)

    finding = forms.ChoiceField(
        label="Le certificat est",
        choices=[
            ("accepted", "Vérifié : il existe, porte sur ce service et couvre l'édition indiquée"),
            ("refused", "Refusé : les critères qu'il couvrait reviennent"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si le certificat est vérifié ou refusé."},
    )
    motive = forms.CharField(
        label="Motif du refus",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="L'éditeur le lira ; à écrire en cas de refus.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("finding") == "refused" and not data.get("motive", "").strip():
            self.add_error("motive", "Dites pourquoi le certificat est refusé : l'éditeur doit pouvoir le corriger.")
        return data
