"""The choice of two photographs to compare. It is read from the address: a comparison can be sent to a colleague."""

from typing import Any

from django import forms
from django.utils.timezone import localtime

from kit.templatetags.french import short_date
from referencing.comparing import Shot


class ComparisonForm(forms.Form):
    """`shots` are those this person may read, the oldest first, two at least. Not bound, it compares the last two."""

    de = forms.ChoiceField(label="De la version")
    a = forms.ChoiceField(label="À la version")
    tout = forms.BooleanField(label="Montrer aussi ce qui n'a pas changé", required=False)

    def __init__(self, *args: Any, shots: list[Shot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shots = shots
        named = [
            (shot.key, f"{shot.name}, {short_date(shot.at)} à {localtime(shot.at):%H:%M}" if shot.at else shot.name)
            for shot in shots
        ]
        unknown = {"invalid_choice": "Choisissez l'une des versions proposées."}
        for name, position in (("de", -2), ("a", -1)):
            field = self.fields[name]
            field.choices = named  # type: ignore[attr-defined]
            field.initial = shots[position].key
            field.error_messages |= unknown

    @property
    def shows_everything(self) -> bool:
        return self.is_bound and self.is_valid() and bool(self.cleaned_data["tout"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "de" in cleaned and cleaned.get("de") == cleaned.get("a"):
            self.add_error("a", "Choisissez deux versions différentes.")
        return cleaned

    def pair(self) -> tuple[Shot, Shot] | None:
        """Return the two photographs, the older first in whatever order they were chosen; None when nothing is."""
        if not self.is_bound:
            return self.shots[-2], self.shots[-1]
        if not self.is_valid():
            return None
        chosen = {self.cleaned_data["de"], self.cleaned_data["a"]}
        older, newer = (shot for shot in self.shots if shot.key in chosen)
        return older, newer
