"""The forms of the vault: deposit, describe, replace, give elsewhere."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from kit.templatetags.french import filesize_fr
from questionnaires.contents import FileRefused
from questionnaires.fields import EvidenceFileField, Sender
from questionnaires.forms import FILE_KINDS
from questionnaires.links import check_address
from questionnaires.models import Evidence, EvidenceRevision, ExpectedProof
from questionnaires.models.vault import COLLECTED_AFTER_EXPIRY, ISSUED_AFTER_COLLECTED, ISSUED_AFTER_EXPIRY
from questionnaires.vault import Dates
from referencing.coffre import Place
from referencing.spreading import Choice

LINK_OR_FILE = "Choisissez un fichier, ou donnez une adresse."


class DatedForm(forms.Form):
    """The dates of a proof, in an order that makes sense."""

    issued_on = forms.DateField(label="Délivrée ou signée le", required=False, widget=forms.DateInput)
    collected_on = forms.DateField(
        label="Recueillie le",
        required=False,
        widget=forms.DateInput,
        help_text="Le jour de la capture, de la mesure ou de l'extrait.",
    )
    expires_on = forms.DateField(
        label="Valable jusqu'au",
        required=False,
        widget=forms.DateInput,
        help_text="Vous serez prévenus avant cette date.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        today = timezone.localdate()
        issued, collected, expires = (cleaned.get(name) for name in ("issued_on", "collected_on", "expires_on"))
        for name in ("issued_on", "collected_on"):
            if cleaned.get(name) and cleaned[name] > today:
                self.add_error(name, "Cette date n'est pas encore passée.")
        if issued and collected and issued > collected:
            self.add_error("collected_on", ISSUED_AFTER_COLLECTED)
        if issued and expires and issued > expires:
            self.add_error("expires_on", ISSUED_AFTER_EXPIRY)
        elif collected and expires and collected > expires:
            self.add_error("expires_on", COLLECTED_AFTER_EXPIRY)
        return cleaned

    @property
    def dates(self) -> Dates:
        return Dates(**{name: self.cleaned_data.get(name) for name in ("issued_on", "collected_on", "expires_on")})


class AddressField(forms.CharField):
    """The address of a public page; nothing is fetched."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Ou l'adresse d'une page publique",
            required=False,
            help_text="En https, sans identifiant. Elle est gardée telle quelle ; nous ne la visitons pas.",
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        try:
            return check_address(address) if address else ""
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class DepositForm(DatedForm):
    """New proofs: several files of one nature at once, or the address of a page."""

    optional_fields = ("proofs", "address", "title", "issued_on", "collected_on", "expires_on")
    field_order = ("proofs", "address", "title", "kind", "issued_on", "collected_on", "expires_on")

    proofs = EvidenceFileField(label="Fichiers", required=False, multiple=True)
    address = AddressField()
    title = forms.CharField(
        label="Intitulé",
        max_length=200,
        required=False,
        help_text="Pour un seul fichier ; par défaut, son nom.",
    )
    kind = forms.ChoiceField(label="Nature", choices=FILE_KINDS, initial=ExpectedProof.Kind.DOCUMENT)

    def __init__(self, *args: Any, sender: Sender, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proofs"].sent_by(sender)  # type: ignore[attr-defined]
        self.fields["proofs"].help_text = weight_hint(many=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "proofs" not in self.errors and "address" not in self.errors:
            if not cleaned.get("proofs") and not cleaned.get("address"):
                self.add_error("proofs", LINK_OR_FILE)
            elif len(cleaned.get("proofs") or []) > 1 and cleaned.get("title"):
                self.add_error(
                    "title", "Un intitulé ne vaut que pour un seul fichier : laissez-le vide, ou déposez-les un par un."
                )
        return cleaned


class DescribeForm(DatedForm):
    """Name, nature and dates of a proof; its bytes do not change."""

    optional_fields = ("issued_on", "collected_on", "expires_on")
    field_order = ("title", "kind", "issued_on", "collected_on", "expires_on")

    title = forms.CharField(label="Intitulé", max_length=200)
    kind = forms.ChoiceField(label="Nature", choices=ExpectedProof.Kind.choices)

    @classmethod
    def of(cls, evidence: Evidence, latest: EvidenceRevision, data: Any = None) -> "DescribeForm":
        dates = {name: getattr(latest, name) for name in ("issued_on", "collected_on", "expires_on")}
        form = cls(data, initial={"title": evidence.title, "kind": evidence.kind, **dates})
        link = ExpectedProof.Kind.LINK
        kinds = [(link.value, link.label)] if latest.is_link else FILE_KINDS
        form.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        return form


class ReplaceForm(DatedForm):
    """A new revision of a proof."""

    optional_fields = ("issued_on", "collected_on", "expires_on")
    field_order = ("file", "address", "issued_on", "collected_on", "expires_on")

    file = EvidenceFileField(label="Nouvelle version", error_messages={"required": "Choisissez le nouveau fichier."})
    address = AddressField()

    def __init__(self, *args: Any, sender: Sender, is_link: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_link:
            del self.fields["file"]
            self.fields["address"].label = "Nouvelle adresse"
            self.fields["address"].required = True
            self.fields["address"].error_messages["required"] = "Donnez la nouvelle adresse."
        else:
            del self.fields["address"]
            self.fields["file"].sent_by(sender)  # type: ignore[attr-defined]
            self.fields["file"].help_text = weight_hint(many=False)


class SpreadForm(forms.Form):
    """The criteria for which a proof is given."""

    criteria = forms.MultipleChoiceField(
        label="Critères",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez au moins un critère.",
            "invalid_choice": "Un des critères cochés ne peut plus recevoir cette preuve : la liste est à jour.",
        },
    )
    note = forms.CharField(
        label="Où regarder",
        max_length=200,
        required=False,
        help_text="La page ou le passage qui prouve, par exemple « p. 12 à 14 ».",
    )

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].choices = [(choice.key, choice.item.code) for choice in choices]  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """The uses of a proof that go to its latest revision."""

    uses = forms.MultipleChoiceField(
        label="Critères",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez au moins un critère.",
            "invalid_choice": "Un des critères cochés ne peut plus changer : la liste est à jour.",
        },
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uses"].choices = [(str(place.use.pk), place.criterion.code) for place in places]  # type: ignore[attr-defined]


def weight_hint(*, many: bool) -> str:
    """Say what may be sent, and that what is cut is not lost."""
    limit = filesize_fr(settings.EVIDENCE_MAX_BYTES)
    each = "chacun" if many else "au plus"
    return f"PDF, images, bureautique, CSV, texte ou ZIP ; {limit} {each}. Un envoi coupé reprend où il en était."
