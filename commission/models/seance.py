"""A séance and who takes part in it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from commission.kinds import Mode, SeanceState
from commission.models.member import Member
from commission.queries import SeanceQuerySet
from kit.constraints import one_of

Q = models.Q


class Seance(models.Model):
    """A meeting of the commission. `second_call_of` is the one that lacked its quorum, on the same agenda."""

    State = SeanceState

    number = models.CharField("numéro", max_length=12, unique=True)
    starts_at = models.DateTimeField("date et heure")
    place = models.CharField("lieu", max_length=200)
    remote_link = models.URLField("lien de visioconférence", blank=True)
    state = models.CharField("état", max_length=10, choices=SeanceState, default=SeanceState.PLANNED)
    convened_at = models.DateTimeField("convoquée le", null=True)
    urgency_motive = models.TextField("motif de l'urgence", blank=True, max_length=2000)
    second_call_of = models.OneToOneField("self", models.RESTRICT, null=True, related_name="second_call")
    presiding = models.ForeignKey(Member, models.RESTRICT, null=True, related_name="+")
    secretary = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    opened_at = models.DateTimeField("ouverte le", null=True)
    closed_at = models.DateTimeField("close le", null=True)
    quorum = models.CharField(
        "quorum constaté", max_length=250, blank=True, help_text="À l'ouverture, ou au constat de défaut."
    )
    without_quorum = models.BooleanField("close faute de quorum", default=False)

    objects = SeanceQuerySet.as_manager()

    class Meta:
        verbose_name = "séance"
        ordering = ("-starts_at", "-pk")
        constraints: ClassVar = [
            one_of("state", SeanceState, "seance_state_known"),
            models.CheckConstraint(
                condition=Q(state=SeanceState.PLANNED, convened_at__isnull=True)
                | (~Q(state=SeanceState.PLANNED) & Q(convened_at__isnull=False)),
                name="seance_convened_has_date",
                violation_error_message="Une séance convoquée porte la date de sa convocation.",
            ),
            models.CheckConstraint(
                condition=~Q(state=SeanceState.OPEN) | Q(presiding__isnull=False, opened_at__isnull=False),
                name="seance_open_has_president",
                violation_error_message="Une séance ouverte est présidée.",
            ),
            models.CheckConstraint(
                condition=Q(state=SeanceState.CLOSED, closed_at__isnull=False)
                | (~Q(state=SeanceState.CLOSED) & Q(closed_at__isnull=True)),
                name="seance_closed_has_date",
                violation_error_message="Une séance close porte la date de sa clôture.",
            ),
        ]

    def __str__(self) -> str:
        return f"séance n° {self.number}"

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"SEANCE-{self.number}"

    @property
    def is_running(self) -> bool:
        return self.state == SeanceState.OPEN

    @property
    def is_announced(self) -> bool:
        """Convened and not open yet: the time when members say how they will take part."""
        return self.state == SeanceState.CONVENED


class Presence(models.Model):
    """How a member takes part in a séance: announced by them first, then noted by the secretary at the roll call.

    `holder` is the member who holds their mandate; `substitute` is who sits for a member ex officio (name, quality).
    `arrived_at` and `left_at` are kept once the séance is open: whoever came is named in the procès-verbal.
    """

    Mode = Mode

    seance = models.ForeignKey(Seance, models.CASCADE, related_name="presences")
    member = models.ForeignKey(Member, models.RESTRICT, related_name="presences")
    mode = models.CharField("participation", max_length=12, choices=Mode, default=Mode.UNANSWERED)
    holder = models.ForeignKey(Member, models.RESTRICT, null=True, blank=True, related_name="mandates_held")
    substitute = models.CharField("suppléé par", max_length=150, blank=True)
    noted_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField("en séance depuis", null=True)
    left_at = models.DateTimeField("a quitté la séance", null=True)

    class Meta:
        verbose_name = "présence"
        ordering = ("member_id",)
        constraints: ClassVar = [
            one_of("mode", Mode, "presence_mode_known"),
            models.UniqueConstraint(fields=("seance", "member"), name="presence_once"),
            models.UniqueConstraint(
                fields=("seance", "holder"),
                name="presence_one_mandate_held",
                violation_error_message="Ce membre détient déjà un mandat : nul ne peut en détenir plus d'un (CRPA, art. R. 133-9).",
            ),
            models.CheckConstraint(
                condition=Q(mode=Mode.REPRESENTED, holder__isnull=False)
                | (~Q(mode=Mode.REPRESENTED) & Q(holder__isnull=True)),
                name="presence_mandate_has_holder",
                violation_error_message="Un mandat est donné à un autre membre, et à lui seul.",
            ),
            models.CheckConstraint(
                condition=Q(holder__isnull=True) | ~Q(holder=models.F("member")),
                name="presence_mandate_to_another",
                violation_error_message="Un membre ne peut pas se donner mandat à lui-même.",
            ),
            models.CheckConstraint(
                condition=Q(substitute="") | Q(mode__in=[Mode.PRESENT, Mode.REMOTE]),
                name="presence_substitute_attends",
                violation_error_message="Un suppléant siège en salle ou à distance, et ne donne pas mandat (CRPA, art. R. 133-9).",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} : {self.get_mode_display()}"
