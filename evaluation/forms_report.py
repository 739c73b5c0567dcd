"""Forms of the report: what its texts are, from which edition and which words they were rewritten."""

import json
from typing import Any
from uuid import UUID

from django import forms

from evaluation.forms import LongText
from evaluation.models import DraftReport, ReportVersion
from kit.templatetags.french import short_date
from questionnaires.sheets import Sending

TEXTS = ("synthesis", "recommendation")


class ReportForm(forms.Form):
    """The report while it is written. `edition` is that of the text on the page, `base` its words, both texts in JSON."""

    use_required_attribute = False

    synthesis = LongText(
        label="Synthèse",
        rows=16,
        optional=False,
        help_text="Ce que la commission doit retenir du service et du dossier.",
    )
    recommendation = LongText(label="Recommandation à la commission", rows=6)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    base = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    @classmethod
    def of(cls, draft: DraftReport) -> "ReportForm":
        return cls(initial={name: getattr(draft, name) for name in TEXTS} | following(draft))

    def clean_base(self) -> dict[str, str]:
        """The words both texts started from; none when the page says nothing we understand."""
        try:
            words = json.loads(self.cleaned_data["base"] or "{}")
        except ValueError:
            return {}
        return {name: str(words[name]) for name in TEXTS if name in words} if isinstance(words, dict) else {}

    @property
    def texts(self) -> dict[str, Any]:
        """Both texts as typed."""
        return {name: self.cleaned_data[name] for name in TEXTS}


class ReportAutosaveForm(ReportForm):
    """A report that the page saves by itself: the request has a name, and names those that nobody confirmed.

    An empty text is saved like any other: the report is not handed in from here.
    """

    operation = forms.UUIDField()
    unconfirmed = forms.CharField(max_length=2_000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["synthesis"].required = False

    def clean_unconfirmed(self) -> frozenset[UUID]:
        try:
            return frozenset(UUID(word) for word in self.cleaned_data["unconfirmed"].split())
        except ValueError:
            raise forms.ValidationError("Les envois précédents sont mal nommés.") from None

    @property
    def sending(self) -> Sending:
        return Sending(self.cleaned_data["operation"], self.cleaned_data["unconfirmed"])


class VersionChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, version: ReportVersion) -> str:
        return f"Version {version.number} — {version.author}, {short_date(version.written_at)}"


class VersionsForm(forms.Form):
    """Two versions to compare, in the address of the page."""

    de = VersionChoiceField(ReportVersion.objects.none(), label="Avant", to_field_name="number", empty_label=None)
    a = VersionChoiceField(ReportVersion.objects.none(), label="Après", to_field_name="number", empty_label=None)

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].queryset = versions  # type: ignore[attr-defined]


def following(draft: DraftReport) -> dict[str, Any]:
    """Return the hidden fields of a form that rewrites this text: its edition and its words."""
    return {"edition": draft.edition, "base": json.dumps({name: getattr(draft, name) for name in TEXTS})}
