"""A crowd: candidatures of many éditeurs at every stage, with their teams, experts, acts and journal, in bulk inserts.

Every constraint of the database holds, and the chain of the journal too. Only stages are not reached by the door.
"""

import random
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date, datetime, timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from bench import rights
from evaluation.models import Assignment
from questionnaires.models import Sheet, Version
from referencing.models import Candidature, Service
from referencing.stages import OPEN, Stage
from referencing.tracks import Track

PER_TEAM = 4  # candidatures of one éditeur
PER_EXPERT = 12  # candidatures that one expert judges at a time
UNDER_WAY = (Stage.IN_EVALUATION, Stage.COMPLEMENTS_REQUESTED)
NEVER_JUDGED = (Stage.DRAFT, Stage.SUBMITTED, Stage.INCOMPLETE, Stage.INADMISSIBLE, Stage.WITHDRAWN)
# Of a hundred candidatures of a house that has worked for years: a third are under way.
MIX = {
    Stage.DRAFT: 9,
    Stage.SUBMITTED: 4,
    Stage.INCOMPLETE: 2,
    Stage.INADMISSIBLE: 5,
    Stage.IN_EVALUATION: 9,
    Stage.COMPLEMENTS_REQUESTED: 3,
    Stage.EVALUATED: 2,
    Stage.IN_COMMISSION: 3,
    Stage.OPINION_GIVEN: 2,
    Stage.ACCEPTED: 3,
    Stage.REJECTED: 14,
    Stage.PUBLISHED: 34,
    Stage.WITHDRAWN: 10,
}


@transaction.atomic
def add(number: int, version: Version, experts: Sequence[User], *, stages: Sequence[Stage] = ()) -> list[Candidature]:
    """Add candidatures, at `stages` in turn or in the proportions of `MIX`; `experts` judge them in turn.

    Returns those added, in their order. The teams are new at each call; none of the crowd ever signs in.
    """
    chance = random.Random(number)
    hundred = list(stages) or chance.sample(list(MIX), counts=list(MIX.values()), k=100)
    start, now = Candidature.objects.count(), timezone.now()
    teams = _teams(start, -(-number // PER_TEAM))
    names = [(teams[rank // PER_TEAM], f"Service {start + rank}") for rank in range(number)]
    services = Service.objects.bulk_create(
        [Service(organisation=team, name=name, purpose="Un service de la foule.") for team, name in names], 2000
    )
    sheets = Sheet.objects.bulk_create([Sheet(version=version, writing="closed") for _ in services], 2000)
    founders = dict(Membership.objects.filter(is_mandated=True).values_list("organisation", "user"))
    rows = [
        _row(start + rank, service, sheet, hundred[rank % len(hundred)], founders[service.organisation_id], now, chance)
        for rank, (service, sheet) in enumerate(zip(services, sheets, strict=True))
    ]
    rows = Candidature.objects.bulk_create(rows, 2000)
    Assignment.objects.bulk_create(_assignments(rows, experts, now), 2000)
    rights.give(rows[0].pk)
    return rows


def people_of(rows: Sequence[Candidature]) -> list[User]:
    """Return, for each candidature, the person mandated by its team: one object each, which remembers nothing yet."""
    found = User.objects.in_bulk({row.opened_by_id for row in rows})
    return [copy(found[row.opened_by_id]) for row in rows]


def _teams(start: int, number: int) -> list[Organisation]:
    """Organisations of one person each, mandated."""
    sirens = [f"{start + rank:09d}" for rank in range(number)]
    people = User.objects.bulk_create(
        [User(email=f"p{siren}@foule.example", full_name=f"Personne {siren}", password="!") for siren in sirens], 2000
    )
    members = Group.objects.bulk_create([Group(name=f"organisation {siren}") for siren in sirens], 2000)
    mandated = Group.objects.bulk_create([Group(name=f"mandataires {siren}") for siren in sirens], 2000)
    teams = Organisation.objects.bulk_create(
        [
            Organisation(name=f"Éditeur {siren}", siren=siren, members_group=one, mandated_group=two)
            for siren, one, two in zip(sirens, members, mandated, strict=True)
        ],
        2000,
    )
    joined = list(zip(people, teams, strict=True))
    Membership.objects.bulk_create(
        [Membership(user=user, organisation=team, profiles=["MOA"], is_mandated=True) for user, team in joined], 2000
    )
    belongs = User.groups.through
    belongs.objects.bulk_create(
        [
            belongs(user=user, group=group)
            for user, team in joined
            for group in (team.members_group, team.mandated_group)
        ],
        2000,
    )
    return teams


def _row(
    rank: int, service: Service, sheet: Sheet, stage: Stage, founder: int, now: datetime, chance: random.Random
) -> Candidature:
    opened = now - timedelta(days=chance.randrange(5, 1500))
    days: date | None = timezone.localdate() + timedelta(days=chance.randrange(-10, 60))
    return Candidature(
        reference=f"MES-1999-{rank:05d}",
        service=service,
        sheet=sheet,
        track=chance.choice(Track.values),
        stage=stage,
        round=int(stage not in (Stage.DRAFT, Stage.WITHDRAWN)),
        version=1,
        stage_since=opened + timedelta(days=3),
        deadline=days if stage in OPEN and stage != Stage.DRAFT else None,
        opened_by_id=founder,
        opened_at=opened,
        submitted_at=None if stage == Stage.DRAFT else opened + timedelta(days=2),
    )


def _assignments(rows: Sequence[Candidature], experts: Sequence[User], now: datetime) -> Iterator[Assignment]:
    """Each expert leads `PER_EXPERT` files under way, and their share of those judged."""
    under_way = [row for row in rows if row.stage in UNDER_WAY]
    judged = [row for row in rows if row.stage not in (*UNDER_WAY, *NEVER_JUDGED)]
    for rank, row in enumerate(under_way):
        expert = experts[rank // PER_EXPERT % len(experts)]
        yield Assignment(candidature=row, expert=expert, is_lead=True, assigned_by=expert, accepted_at=now)
    for rank, row in enumerate(judged):
        expert = experts[rank % len(experts)]
        yield Assignment(candidature=row, expert=expert, is_lead=True, assigned_by=expert, accepted_at=now)
