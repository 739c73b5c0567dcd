"""What support types at its desk."""

from typing import Any

from django import forms

from accounts.models import Organisation, User, check_siren
from instruction.models import Gesture
from questionnaires.models import Version
from referencing import claims, entrusting
from referencing.forms import DECLINATIONS
from referencing.models import Service


class ViewForm(forms.Form):
    """A name for the list on screen."""

    name = forms.CharField(label="Nom de la vue", max_length=60, help_text="Par exemple : « Mes dossiers en retard ».")
    is_shared = forms.BooleanField(label="Partager avec toute l'équipe du support", required=False)
    is_first = forms.BooleanField(label="Ouvrir l'instruction sur cette vue", required=False)


class OrderForm(forms.Form):
    """How a gesture on many files is to be done, asked for with its recap."""

    takes_over = forms.BooleanField(
        label="Reprendre les dossiers des collègues",
        required=False,
        help_text="Sans cela, un dossier qu'un collègue a en charge est laissé tel quel.",
    )

    def __init__(self, *args: Any, gesture: Gesture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if gesture == Gesture.GIVE:
            agents = User.objects.filter(pk__in=[agent.pk for agent in claims.agents()])
            self.fields["holder"] = forms.ModelChoiceField(
                agents, label="Confier à", empty_label="Choisir une personne", required=True
            )
            self.order_fields(["holder", "takes_over"])
        if gesture == Gesture.ADMIT:
            self.fields["note"] = forms.CharField(
                label="Note commune",
                required=False,
                max_length=2000,
                help_text="Elle est gardée dans l'acte de recevabilité de chaque dossier.",
                widget=forms.Textarea(attrs={"rows": 3}),
            )


class DraftForm(forms.Form):
    """A draft that support opens for an éditeur."""

    siren = forms.CharField(
        label="SIREN de l'éditeur",
        max_length=20,
        help_text="Neuf chiffres. L'organisation est créée si personne ne l'a encore enregistrée.",
    )
    organisation_name = forms.CharField(
        label="Raison sociale",
        required=False,
        max_length=200,
        help_text="Seulement si l'organisation n'est pas encore connue ici.",
    )
    email = forms.EmailField(
        label="Adresse électronique de la personne qui reprendra le brouillon",
        help_text="Elle recevra le lien quand vous le lui proposerez.",
    )
    name = forms.CharField(label="Nom commercial du service", max_length=120)
    purpose = forms.CharField(
        label="À quoi sert le service",
        max_length=500,
        help_text="En deux phrases, pour un usager.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    declinations = forms.MultipleChoiceField(
        label="Déclinaisons", choices=DECLINATIONS, widget=forms.CheckboxSelectMultiple
    )
    version = forms.ModelChoiceField(
        Version.objects.none(), label="Référentiel", empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = Version.objects.open_for_filing()
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]
        self.fields["version"].initial = versions.first()

    def clean_siren(self) -> str:
        siren = "".join(str(self.cleaned_data["siren"]).split())
        check_siren(siren)
        return siren

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        siren, email = data.get("siren"), data.get("email")
        if siren is None:
            return data
        known = Organisation.objects.filter(siren=siren).first()
        if known is None and not data.get("organisation_name"):
            self.add_error(
                "organisation_name", "Cette organisation n'est pas encore connue : donnez sa raison sociale."
            )
        if known and email and (objection := entrusting.objection_to(known, email)):
            self.add_error("email", objection)
        if known and Service.objects.filter(organisation=known, name=data.get("name", "")).exists():
            self.add_error("name", f"« {known} » a déjà un service de ce nom : son équipe ouvre elle-même la suite.")
        return data
