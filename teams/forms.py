"""What people type about a team: who is invited, what a member does, what support saw of the mandate."""

from django import forms

from accounts.roles import Profile


class MembershipForm(forms.Form):
    """What a person does in a team."""

    profiles = forms.MultipleChoiceField(
        label="Profils",
        choices=Profile.choices,
        required=False,
        help_text="Ils disent à quels critères cette personne répond.",
        widget=forms.CheckboxSelectMultiple,
    )
    is_mandated = forms.BooleanField(
        label="Personne mandatée",
        required=False,
        help_text="Elle peut déposer et retirer une candidature au nom de l'organisation, et gérer l'équipe.",
    )


class InvitationForm(MembershipForm):
    email = forms.EmailField(
        label="Adresse électronique de la personne",
        help_text="Son adresse professionnelle, par exemple prenom.nom@exemple.fr : l'invitation ne vaut que pour elle.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("email", "profiles", "is_mandated")


class MandateForm(forms.Form):
    motive = forms.CharField(
        label="Pièce vue et motif",
        max_length=2000,
        help_text="Par exemple : « Extrait Kbis du 3 mars 2026 et délégation de signature, joints par la gérante. »",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
