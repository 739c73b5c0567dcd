"""Forms of the commission."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from commission import rules
from commission.attendance import ANNOUNCED, Entry
from commission.kinds import Choice, Mode
from commission.models import Member, Presence, Seance
from kit.templatetags.french import long_moment, plural
from referencing.forms import DateField, long_text
from referencing.kinds import Opinion

RESERVE_ROWS = 3


class SeanceForm(forms.Form):
    starts_at = forms.DateTimeField(
        label="Date et heure", widget=forms.DateTimeInput, error_messages={"invalid": "Indiquez une date et une heure."}
    )
    place = forms.CharField(
        label="Lieu", max_length=200, help_text="L'adresse complète : elle figure sur la convocation."
    )
    remote_link = forms.URLField(
        label="Lien de visioconférence",
        required=False,
        assume_scheme="https",
        help_text="Pour les membres à distance, qui comptent dans le quorum (CRPA, art. R. 133-10).",
    )

    def clean_starts_at(self) -> Any:
        starts_at = self.cleaned_data["starts_at"]
        if timezone.localdate(starts_at) < timezone.localdate():
            raise forms.ValidationError("Choisissez une date à venir : celle-ci est passée.")
        return starts_at


class ConvocationForm(forms.Form):
    urgency_motive = long_text("Motif de l'urgence", required=False, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["urgency_motive"].help_text = (
            f"À écrire seulement si la séance se tient dans moins de {plural(rules.current().convocation_days, 'jour,jours')} ; "
            "il figure sur la convocation."
        )


class AgendaForm(forms.Form):
    """Choose the séance, among those not convened yet, where a candidature will be examined; `number` is proposed."""

    seance = forms.ModelChoiceField(
        Seance.objects.none(),
        label="Séance",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une séance."},
    )
    rapporteur = forms.CharField(
        label="Rapporteur", required=False, max_length=150, help_text="Qui présente le dossier aux membres."
    )

    def __init__(self, *args: Any, seances: Any, number: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seance"].queryset = seances  # type: ignore[attr-defined]
        self.fields["seance"].label_from_instance = seance_label  # type: ignore[attr-defined]
        self.fields["seance"].initial = seances.filter(number=number).first() or seances.first()


class AnnouncementForm(forms.Form):
    """A member says how they will take part; `others` are the members to whom a mandate may be given."""

    mode = forms.ChoiceField(
        label="Votre participation",
        widget=forms.RadioSelect,
        choices=[
            (Mode.PRESENT.value, "Je serai en salle"),
            (Mode.REMOTE.value, "Je participerai à distance"),
            (Mode.REPRESENTED.value, "Je donne mandat à un autre membre"),
            (Mode.EXCUSED.value, "Je ne participerai pas"),
        ],
        error_messages={"required": "Dites comment vous participez."},
    )
    holder = forms.ModelChoiceField(
        Member.objects.none(),
        label="Membre à qui vous donnez mandat",
        required=False,
        empty_label="Personne",
        help_text="Seulement si vous donnez mandat. Un membre ne peut en détenir qu'un (CRPA, art. R. 133-9).",
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = others  # type: ignore[attr-defined]

    def clean_mode(self) -> Mode:
        mode = Mode(self.cleaned_data["mode"])
        if mode not in ANNOUNCED:
            raise forms.ValidationError("Dites comment vous participez.")
        return mode


class RollLine(forms.Form):
    """One line of the roll call. The substitute is asked only of a member ex officio."""

    mode = forms.ChoiceField(
        label="Participation",
        choices=[("", "À noter")] + [(mode.value, mode.label) for mode in Mode if mode != Mode.UNANSWERED],
        error_messages={"required": "Notez la participation."},
    )
    holder = forms.TypedChoiceField(label="Mandat donné à", required=False, coerce=int, empty_value=None)
    substitute = forms.CharField(label="Suppléé par", required=False, max_length=150)

    def __init__(self, *args: Any, presence: Presence, members: Sequence[Member], **kwargs: Any) -> None:
        mode = "" if presence.mode == Mode.UNANSWERED else presence.mode
        initial = {"mode": mode, "holder": presence.holder_id, "substitute": presence.substitute}
        super().__init__(*args, **{"prefix": f"m{presence.member_id}", "initial": initial, **kwargs})
        self.presence = presence
        others = [(member.pk, str(member)) for member in members if member.pk != presence.member_id]
        self.fields["holder"].choices = [("", "Personne"), *others]  # type: ignore[attr-defined]
        if not presence.member.ex_officio:
            del self.fields["substitute"]
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = f"{field.label} — {presence.member}"
            field.widget.attrs["class"] = f"house-roll__{name}"

    def entry(self) -> Entry:
        """Return the line as typed; a holder left over from another mode is dropped."""
        mode = Mode(self.cleaned_data["mode"])
        holder = self.cleaned_data["holder"]
        return Entry(
            mode,
            holder=holder if mode == Mode.REPRESENTED else None,
            substitute=self.cleaned_data.get("substitute", "").strip(),
        )


class PresidingForm(forms.Form):
    presiding = forms.ModelChoiceField(
        Member.objects.none(),
        label="Présidence",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez qui préside."},
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presiding"].queryset = members  # type: ignore[attr-defined]


class RecusalForm(forms.Form):
    """`members` is given when the secretary writes the déport down; a member declares only their own, `own`."""

    member = forms.ModelChoiceField(
        Member.objects.none(), label="Membre qui se déporte", empty_label="Choisir un membre"
    )
    motive = long_text(
        "Intérêt en cause",
        rows=3,
        help_text="Une phrase suffit. Elle reste au dossier de la séance et n'est montrée ni aux autres membres ni à l'éditeur.",
    )

    def __init__(self, *args: Any, own: Member | None, members: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        if members is None:
            del self.fields["member"]
        else:
            self.fields["member"].queryset = members  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return data if "member" in self.fields else {**data, "member": self.own}


class PropositionForm(forms.Form):
    proposition = forms.ChoiceField(
        label="Avis proposé",
        choices=Opinion.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez l'un des quatre avis possibles."},
    )


class ReserveForm(forms.Form):
    text = forms.CharField(label="Texte de la réserve", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    deadline = DateField(label="À lever avant le", required=False, future=True)
    suspensive = forms.BooleanField(label="Suspensive : la décision attend sa levée", required=False)

    def as_reserve(self) -> dict[str, Any]:
        day = self.cleaned_data["deadline"]
        return {
            "text": self.cleaned_data["text"],
            "suspensive": self.cleaned_data["suspensive"],
            "deadline": day.isoformat() if day else "",
        }


def reserve_forms(data: Any, rows: int, *, typed: Any = None) -> list[ReserveForm]:
    """Return one form per row; an empty row is no reserve. `typed` fills the rows without judging them."""
    forms_ = [
        ReserveForm(data, prefix=f"r{rank}", empty_permitted=True, use_required_attribute=False)
        for rank in range(1, rows + 1)
    ]
    for form in forms_ if typed else ():
        form.initial = {name: typed.get(form.add_prefix(name), "") for name in form.fields}
    return forms_


class BallotForm(forms.Form):
    choice = forms.ChoiceField(
        label="Votre vote",
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez pour, contre ou abstention.",
            "invalid_choice": "Choisissez pour, contre ou abstention.",
        },
    )


class DissentForm(forms.Form):
    statement = long_text(
        "Ce que dira le procès-verbal",
        required=False,
        rows=3,
        help_text="Laissez vide pour que seul votre désaccord soit mentionné.",
    )


def seance_label(seance: Seance) -> str:
    return f"Séance n° {seance.number}, {long_moment(seance.starts_at)}"
