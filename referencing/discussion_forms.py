"""Forms of the desk of the éditeur: messages, readings, states of answers."""

from typing import Any

from django import forms

from questionnaires.models import Answer
from questionnaires.sheets import Item
from referencing.models.discussion import LONGEST_REMARK

NO_MARK = "Aucun"


class RemarkForm(forms.Form):
    """A message. It is kept as typed: nothing is trimmed, and its limits are said by `discussions.say`."""

    text = forms.CharField(
        label="Votre message",
        strip=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Pour avertir quelqu'un, écrivez @ suivi de son prénom et de son nom.",
        error_messages={
            "required": "Écrivez votre message avant de l'envoyer.",
            "max_length": "Votre message compte %(show_value)d caractères : %(limit_value)d au plus.",
        },
    )


class ReadForm(forms.Form):
    upto = forms.IntegerField(min_value=1, max_value=2**62)


class SettleForm(forms.Form):
    RESOLVED, OPEN = "resolue", "rouverte"
    state = forms.ChoiceField(choices=[(RESOLVED, "Résolue"), (OPEN, "Rouverte")])


class MarkForm(forms.Form):
    """The state that people give to an answer, sent with it. `mark_was` is the state they had before their eyes."""

    optional_fields = ()

    mark = forms.ChoiceField(
        label="État de cette réponse, pour votre équipe",
        choices=[("", NO_MARK), *Answer.Mark.choices],
        widget=forms.RadioSelect,
        required=False,
        help_text="Il ne change rien au dépôt ; il aide à relire.",
    )
    mark_was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    @classmethod
    def of(cls, item: Item) -> "MarkForm":
        known = item.answer.mark if item.answer else ""
        return cls(initial={"mark": known, "mark_was": known})

    def wanted(self, answer: Answer) -> str | None:
        """Return the state to give to the answer just kept, None when the person leaves it as it is.

        Someone else's state is not undone by a page that was opened before. « Terminé », which an answer loses when it
        changes, is kept when the person who changes it sends it again.
        """
        if not self.is_valid():
            return None
        chosen: Any = self.cleaned_data["mark"]
        lost = chosen == Answer.Mark.DONE and not answer.mark
        return chosen if lost or chosen != self.cleaned_data["mark_was"] else None
