"""What experts say of themselves. An interest that forbids closes at once the files it concerns."""

from typing import Any

from django.db import transaction

from accounts.models import User
from evaluation.experts import conflicts_with
from evaluation.invitations import AnsweredMeanwhile, recuse
from evaluation.models import Assignment, ExpertProfile, Interest


@transaction.atomic
def save_profile(profile: ExpertProfile) -> int:
    """Save a profile; return how many candidatures the employer it names has closed."""
    profile.save()
    return _withdraw(profile.user)


@transaction.atomic
def declare_interest(expert: User, **fields: Any) -> int:
    """Add an interest to those of an expert; return how many candidatures it has closed."""
    Interest.objects.create(expert=expert, **fields)
    return _withdraw(expert)


def _withdraw(expert: User) -> int:
    """Déport from every candidature, proposed, under way or judged, whose éditeur is now out of bounds."""
    fresh = User.objects.select_related("expert_profile").get(pk=expert.pk)
    mine = Assignment.objects.filter(expert=fresh).select_related("candidature__service__organisation")
    closed = 0
    for one in mine.order_by("candidature"):
        forbidding = [conflict for conflict in conflicts_with(fresh, one.candidature) if conflict.forbids]
        if forbidding:
            try:
                recuse(one, interest=forbidding[0].sentence)
            except AnsweredMeanwhile:
                continue
            closed += 1
    return closed
