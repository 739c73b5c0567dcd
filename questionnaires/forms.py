"""The forms of this room. They are plain: the house renderer gives them their look."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from accounts.models import Organisation
from questionnaires.fields import EvidenceFileField, Sender
from questionnaires.models import Answer, EvidenceRevision, ExpectedProof, Variable
from questionnaires.na_reasons import Reason
from questionnaires.sheets import Item, Sending
from questionnaires.vault import of_organisation

# A link is an address, an access is written in the answer: neither is ever a file.
FILE_KINDS = [
    (kind.value, kind.label)
    for kind in ExpectedProof.Kind
    if kind not in (ExpectedProof.Kind.LINK, ExpectedProof.Kind.DEMO)
]


class LinesField(forms.CharField):
    """A text of several lines. A form sent by a browser ends them otherwise than a script: here they end alike."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class AnswerForm(forms.Form):
    """The answer of one criterion. Everything may be left for later: what is missing is said by the overview."""

    optional_fields = ()

    value = forms.ChoiceField(label="Réponse", choices=Answer.Value, widget=forms.RadioSelect, required=False)
    na_reason = forms.CharField(
        label="Motif, si le critère ne s'applique pas au service",
        widget=forms.RadioSelect,
        max_length=40,
        required=False,
    )
    comment = LinesField(
        label="Explication",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        required=False,
        help_text="Dites ce qui est en place et où le vérifier dans vos preuves.",
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    base = LinesField(widget=forms.HiddenInput, max_length=20_000, required=False)
    """The explanation that was read before writing: what two people wrote is compared with it."""

    def __init__(self, *args: Any, item: Item | None = None, **kwargs: Any) -> None:
        """With an `item`, offer the reasons that its criterion admits, and « Non applicable » only if it admits one.

        What is sent is judged by `save_answer`, which says why it refuses.
        """
        super().__init__(*args, **kwargs)
        reasons = item.criterion.reasons if item else ()
        self.fields["na_reason"].widget.choices = [(r.code, _in_full(r)) for r in reasons]
        if item and not reasons:
            self.fields["na_reason"].widget = forms.HiddenInput()
            offered = [choice for choice in Answer.Value.choices if choice[0] != Answer.Value.NOT_APPLICABLE]
            self.fields["value"].widget.choices = offered

    @classmethod
    def of(cls, item: Item, *, prefix: str | None = None) -> "AnswerForm":
        """Return the form filled with the answer on file."""
        said = item.answer or Answer()
        words = {"value": said.value, "na_reason": said.na_reason, "comment": said.comment, "base": said.comment}
        return cls(initial={**words, "edition": item.edition}, prefix=prefix, item=item)

    @property
    def said(self) -> dict[str, Any]:
        """What `save_answer` takes, once the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name != "base"}


class AutosaveForm(AnswerForm):
    """An answer that a page saves by itself: the request has a name, and names those that nobody confirmed."""

    operation = forms.UUIDField()
    unconfirmed = forms.CharField(max_length=2_000, required=False)

    def clean_unconfirmed(self) -> frozenset[UUID]:
        try:
            return frozenset(UUID(word) for word in self.cleaned_data["unconfirmed"].split())
        except ValueError:
            raise forms.ValidationError("Les envois précédents sont mal nommés.") from None

    @property
    def said(self) -> dict[str, Any]:
        said = super().said
        sending = Sending(said.pop("operation"), said.pop("unconfirmed"))
        return {**said, "sending": sending}


class ProofChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, revision: EvidenceRevision) -> str:
        return f"{revision.evidence.title} ({revision.original_name})"


class EvidenceForm(forms.Form):
    """A proof to give: a new file, or one that the organisation already deposited."""

    optional_fields = ("title", "note")

    file = EvidenceFileField(label="Nouveau fichier", required=False)
    title = forms.CharField(
        label="Intitulé", max_length=200, required=False, help_text="Par défaut, le nom du fichier."
    )
    kind = forms.ChoiceField(label="Nature", choices=FILE_KINDS)
    existing = ProofChoiceField(
        label="Ou une preuve déjà déposée",
        queryset=EvidenceRevision.objects.none(),
        required=False,
        empty_label="Aucune",
    )
    note = forms.CharField(
        label="Où regarder",
        max_length=200,
        required=False,
        help_text="La page ou le passage qui prouve, par exemple « p. 12 à 14 ».",
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        item: Item | None = None,
        sender: Sender | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].sent_by(sender)  # type: ignore[attr-defined]
        kept = of_organisation(organisation)
        if kept.exists():
            self.fields["existing"].queryset = kept  # type: ignore[attr-defined]
        else:
            self.fields["existing"].widget = forms.HiddenInput()
        deposited = [proof.kind for proof in item.expected if not proof.is_written] if item else []
        self.fields["kind"].initial = deposited[0] if deposited else ExpectedProof.Kind.DOCUMENT

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "file" in self.errors or "existing" in self.errors:
            return cleaned
        file, existing = cleaned.get("file"), cleaned.get("existing")
        if file is not None and existing:
            self.add_error("existing", "Choisissez un nouveau fichier ou une preuve déjà déposée, pas les deux.")
        elif file is None and not existing:
            self.add_error("file", "Choisissez un fichier, ou une preuve déjà déposée.")
        return cleaned


class OrientationForm(forms.Form):
    """One screen of the orientation, built from its variables; `given` fills it with the answers on file."""

    def __init__(self, *args: Any, questions: Iterable[Variable], given: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            field = _field(question)
            field.initial = _as_typed(given.get(question.code))
            self.fields[question.code] = field


def _in_full(reason: Reason) -> str:
    """Say with a reason what it asks for besides."""
    return f"{reason.text} (une pièce est demandée)" if reason.needs_proof else reason.text


def _field(question: Variable) -> forms.Field:
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "error_messages": {"required": "Répondez à cette question."},
    }
    choices = [(code, label) for code, label in question.choices]
    if question.kind == Variable.Kind.MULTIPLE:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if question.kind == Variable.Kind.CHOICE:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    return forms.TypedChoiceField(
        choices=[("oui", "Oui"), ("non", "Non")],
        coerce=lambda word: word == "oui",
        widget=forms.RadioSelect,
        **common,
    )


def _as_typed(value: object) -> object:
    """Return a stored answer as its widget shows it."""
    return {True: "oui", False: "non"}[value] if isinstance(value, bool) else value
