"""What an expert fills: the answer to a proposition, the profile, an interest."""

from typing import Any, ClassVar

from django import forms

from accounts.siren import is_siren
from evaluation.domains import Domain
from evaluation.forms import LongText
from evaluation.models import ExpertProfile, Interest
from referencing.forms import DateField


class AcceptForm(forms.Form):
    """Accept, by attesting. The sentence names the éditeur, hence the label given by the page."""

    use_required_attribute = False

    attests = forms.BooleanField(
        error_messages={
            "required": "Cochez la déclaration pour accepter ; si elle n'est pas vraie, déclarez un intérêt."
        }
    )

    def __init__(self, *args: Any, statement: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attests"].label = statement


class DeclineForm(forms.Form):
    use_required_attribute = False

    motive = LongText(
        label="Motif",
        rows=3,
        optional=False,
        required_sentence="Dites en une phrase pourquoi vous déclinez : le support vous remplacera mieux.",
        help_text="Lu par le support seulement. Par exemple : charge, congé, hors de vos compétences.",
    )


class RecuseForm(forms.Form):
    use_required_attribute = False

    interest = LongText(
        label="Quel lien avez-vous avec l'éditeur ?",
        rows=3,
        optional=False,
        required_sentence="Dites en une phrase quel lien vous avez avec l'éditeur.",
        help_text="Lu par le support seulement. Une phrase suffit.",
    )


class SirenField(forms.CharField):
    """Nine digits, spaces allowed while typing."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(required=False, max_length=20, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        digits = "".join(str(super().clean(value) or "").split())
        if digits and not is_siren(digits):
            raise forms.ValidationError(
                f"Ce numéro SIREN n'est pas valide : vérifiez ses neuf chiffres (« {digits} »)."
            )
        return digits


class ProfileForm(forms.ModelForm):
    use_required_attribute = False

    competences = forms.MultipleChoiceField(
        label="Compétences",
        choices=Domain,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Les domaines du référentiel que vous savez juger : le support vous propose ceux-là.",
    )
    employer_siren = SirenField(label="SIREN de l'employeur", help_text="Neuf chiffres, par exemple 732 829 320.")
    away_from = DateField(label="Absence du", required=False)
    away_until = DateField(label="Au", required=False, help_text="Dernier jour d'absence.")

    class Meta:
        model = ExpertProfile
        fields = ("competences", "capacity", "employer", "employer_siren", "away_from", "away_until")
        help_texts: ClassVar = {
            "capacity": "Au-delà, on ne vous propose plus de critères tant qu'une autre personne peut les juger.",
        }
        error_messages: ClassVar = {
            "capacity": {
                "required": "Écrivez un nombre de critères, de 1 à 1000.",
                "invalid": "Écrivez un nombre entier.",
            }
        }


class InterestForm(forms.ModelForm):
    use_required_attribute = False

    siren = SirenField(
        label="SIREN", help_text="Neuf chiffres. Avec le SIREN, la comparaison avec les éditeurs est sûre."
    )
    since = DateField(label="Depuis le", error_messages={"required": "Dites depuis quand."})
    until = DateField(label="Jusqu'au", required=False, help_text="Laissez vide tant que le lien dure.")

    class Meta:
        model = Interest
        fields = ("name", "siren", "nature", "since", "until")
        error_messages: ClassVar = {
            "name": {"required": "Nommez l'organisation."},
            "nature": {"required": "Choisissez la nature du lien."},
        }
