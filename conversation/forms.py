"""Forms of the thread, of the internal notes and of the ready-made texts. Nothing typed is trimmed."""

from uuid import UUID, uuid4

from django import forms

from conversation import variables
from conversation.models import MessageTemplate, Side
from conversation.models.message import LONGEST_MESSAGE
from conversation.models.note import LONGEST_NOTE
from questionnaires.fields import EvidenceFileField

TOO_LONG = "compte %(show_value)d caractères : %(limit_value)d au plus."


class OnceForm(forms.Form):
    """A form whose key lets a double click send it once. A key that is not one is replaced: nobody types it."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def clean_key(self) -> UUID:
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid4()


class MessageForm(OnceForm):
    """A message. `seen` is the number of the last message on the page: answering says that it was read."""

    text = forms.CharField(
        label="Votre message",
        strip=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Votre message est vide : rien n'a été gardé.",
            "max_length": f"Votre message {TOO_LONG}",
        },
    )
    attachments = EvidenceFileField(label="Pièces jointes", multiple=True, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**62)

    @classmethod
    def blank(cls, side: Side, seen: int, text: str = "") -> "MessageForm":
        return cls(initial={"key": uuid4(), "seen": seen, "text": text}, side=side)

    def __init__(self, *args: object, side: Side, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["text"].help_text = HINTS[side]


HINTS = {
    Side.EDITOR: "Le support et toute votre équipe le liront. Il n'entre pas dans le dossier évalué.",
    Side.SUPPORT: "Toute l'équipe de l'éditeur le lira, signé « Le support ». Il n'entre pas dans le dossier évalué.",
}


class ReadForm(forms.Form):
    upto = forms.IntegerField(min_value=1, max_value=2**62)


class NoteForm(OnceForm):
    text = forms.CharField(
        label="Note interne",
        strip=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Jamais lue par l'éditeur : le support et les experts affectés la lisent.",
        error_messages={
            "required": "Votre note est vide : rien n'a été gardé.",
            "max_length": f"Votre note {TOO_LONG}",
        },
    )


class PickForm(forms.Form):
    """Start a message from a ready-made text (GET: it writes nothing)."""

    modele: "forms.ModelChoiceField[MessageTemplate]" = forms.ModelChoiceField(
        label="Partir d'un modèle",
        queryset=MessageTemplate.objects.filter(is_offered=True),
        empty_label="Choisissez un modèle",
    )


class TemplateForm(forms.Form):
    """A ready-made text. `edition` is the one the agent read."""

    title = forms.CharField(label="Titre", max_length=120, help_text="Ce que le support lit dans la liste des modèles.")
    body = forms.CharField(
        label="Texte",
        strip=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Les variables s'écrivent entre doubles accolades, par exemple {{reference}}.",
        error_messages={
            "required": "Le texte du modèle est vide : rien n'a été gardé.",
            "max_length": f"Le texte du modèle {TOO_LONG}",
        },
    )
    is_offered = forms.BooleanField(label="Proposer ce modèle au support", required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31)

    @classmethod
    def of(cls, template: MessageTemplate | None) -> "TemplateForm":
        if template is None:
            return cls(initial={"is_offered": True, "edition": 0})
        names = ("title", "body", "is_offered", "edition")
        return cls(initial={name: getattr(template, name) for name in names})

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if flaws := variables.flaws(body):
            raise forms.ValidationError(flaws)
        return body
