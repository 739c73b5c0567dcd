"""To whom a section is given: nobody in particular, a profile, or a member by name."""

from typing import Any

from django import forms

from accounts.models import Membership, Organisation
from accounts.roles import Profile
from referencing.sharing import Part

AS_WRITTEN = "referentiel"


class ShareForm(forms.Form):
    to = forms.ChoiceField(label="Qui répond à cette section ?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, part: Part, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {f"membre-{row.pk}": row for row in organisation.memberships.select_related("user")}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (AS_WRITTEN, "Chaque critère au profil que prévoit le référentiel"),
            *[(key, f"{row.user}, en personne") for key, row in self.members.items()],
            *[(str(profile.value), f"Profil {profile.label} — {self._holders(profile)}") for profile in Profile],
        ]
        self.fields["to"].initial = _current(part)

    def clean_to(self) -> str | Membership | None:
        chosen = self.cleaned_data["to"]
        return None if chosen == AS_WRITTEN else self.members.get(chosen, chosen)

    def _holders(self, profile: Profile) -> str:
        names = [str(row.user) for row in self.members.values() if profile in row.profiles]
        return ", ".join(names) or "personne dans l'équipe pour l'instant"


def _current(part: Part) -> str:
    if part.named:
        return f"membre-{part.named.number}"
    return str(part.profiles[0].value) if part.is_moved else AS_WRITTEN
