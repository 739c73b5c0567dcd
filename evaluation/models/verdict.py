"""What was found on each criterion."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import User
from evaluation.models.judgement import Judgement
from evaluation.values import MOTIVE_MAX


class Verdict(Judgement):
    """What was found on one criterion in one round: by an expert alone, by two who agree, or by the lead who settles.

    `expert` gave it, with `second_expert` when two did. `settled_by` is the lead who decided between them, and
    `settlement` says why; those who evaluate read it, the report does not carry it.
    """

    second_expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+"
    )
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")
    settlement = models.TextField("motif de l'arbitrage", blank=True, max_length=MOTIVE_MAX)

    class Meta(Judgement.Meta):
        verbose_name = "verdict"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("candidature", "criterion", "round"),
                name="verdict_once_per_round",
                violation_error_message="Ce critère a déjà un verdict dans ce tour.",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_by=None) | ~models.Q(settlement=""),
                name="verdict_settled_says_why",
                violation_error_message="Un arbitrage entre deux appréciations est motivé.",
            ),
            *Judgement.Meta.constraints,
        ]

    @property
    def people(self) -> list[User]:
        """Everyone who answers for it: its authors, then the lead who settled."""
        named = (self.expert, self.second_expert, self.settled_by)
        return list(dict.fromkeys(person for person in named if person is not None))

    @property
    def signature(self) -> str:
        """Who gave it, in words."""
        authors = " et ".join(str(person) for person in (self.expert, self.second_expert) if person)
        return f"{authors} ; tranché par {self.settled_by}" if self.settled_by else authors

    @property
    def is_settled_by_author(self) -> bool:
        """Whether the lead who settled is also one of the two experts."""
        return self.settled_by_id is not None and self.settled_by_id in (self.expert_id, self.second_expert_id)
