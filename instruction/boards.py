"""The boards: how much waits where, for whom, for how long. Constant queries, whatever the number of files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from accounts.models import User
from evaluation.assignments import ASSIGNABLE
from evaluation.models import Assignment
from instruction.charts import Bar, Curve, bars, curves, x_of
from instruction.filters import ME, NOBODY
from kit.templatetags.french import MONTHS
from referencing import access
from referencing.queries import CandidatureQuerySet
from referencing.stages import FINAL, OPEN, Stage

# Days since the dépôt: from, to (None: no end), in words.
AGES: tuple[tuple[int, int | None, str], ...] = (
    (0, 30, "30 jours au plus"),
    (31, 60, "De 31 à 60 jours"),
    (61, 90, "De 61 à 90 jours"),
    (91, 180, "De 91 à 180 jours"),
    (181, None, "Plus de 180 jours"),
)
MONTHS_SHOWN = 12
SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True)
class Board:
    """Bars with their table: the name of a row, then how many files, of which how many are late."""

    title: str
    head: str
    note: str
    rows: list[Bar]


@dataclass(frozen=True)
class Flow:
    """Month by month: what came in, what ended."""

    months: list[tuple[str, str, float]]
    curves: list[Curve]

    @property
    def table(self) -> list[tuple[str, list[int]]]:
        """Return, month by month, the number of each curve."""
        numbers = zip(*([point.number for point in curve.points] for curve in self.curves), strict=True)
        return [(whole, list(row)) for (whole, _, _), row in zip(self.months, numbers, strict=True)]


def boards(user: User, today: date) -> list[Board]:
    rows = access.visible_to(user).filed().open()
    return [_by_stage(rows, today), _by_agent(rows, today, user), _by_expert(rows, today), _by_age(rows, today)]


def _counts(today: date, deadline: str = "deadline") -> dict[str, Count]:
    """How many files, and how many of them are late."""
    return {"number": Count("pk"), "late": Count("pk", filter=Q(**{f"{deadline}__lt": today}))}


def _by_stage(rows: CandidatureQuerySet, today: date) -> Board:
    grouped = rows.order_by().values_list("stage").annotate(**_counts(today))
    found = {stage: (number, late) for stage, number, late in grouped}
    told = [(str(Stage(one).label), *found[one], _query(stage=one)) for one in OPEN if one in found]
    return Board("Par étape", "Étape", "Les dossiers en cours, à l'étape où ils sont.", bars(told))


def _by_agent(rows: CandidatureQuerySet, today: date, user: User) -> Board:
    """The files that nobody follows come last, whatever their number."""
    grouped = rows.order_by().values_list("claim__holder", "claim__holder__full_name").annotate(**_counts(today))
    told = []
    for holder, name, number, late in sorted(grouped, key=lambda row: (row[0] is None, -row[2])):
        code = ME if holder == user.pk else holder or NOBODY
        told.append((name or "Personne", number, late, _query(holder=code, open="on")))
    return Board("Par agent du support", "En charge", "Les dossiers en cours, selon qui les a en charge.", bars(told))


def _by_expert(rows: CandidatureQuerySet, today: date) -> Board:
    judged = Assignment.objects.active().filter(candidature__in=rows.at(*ASSIGNABLE).order_by())
    grouped = judged.order_by().values_list("expert", "expert__full_name")
    told = [
        (name, number, late, _query(expert=expert, stage=list(ASSIGNABLE)))
        for expert, name, number, late in sorted(
            grouped.annotate(**_counts(today, "candidature__deadline")), key=lambda row: (-row[2], row[1])
        )
    ]
    note = "Les dossiers en évaluation ou en attente de compléments, pour chaque expert affecté."
    return Board("Par expert", "Expert", note, bars(told))


def _by_age(rows: CandidatureQuerySet, today: date) -> Board:
    spans = {f"age{rank}": span(today, first, last) for rank, (first, last, _) in enumerate(AGES)}
    asked: dict[str, Count] = {}
    for name, (since, until) in spans.items():
        within = Q(submitted_at__date__lte=until) & (Q(submitted_at__date__gte=since) if since else Q())
        asked |= {name: Count("pk", filter=within), f"{name}_late": Count("pk", filter=within & Q(deadline__lt=today))}
    found = rows.aggregate(**asked)
    told = []
    for (name, (since, until)), (_, _, label) in zip(spans.items(), AGES, strict=True):
        query = _query(open="on", filed_from=since.isoformat() if since else "", filed_to=until.isoformat())
        told.append((label, found[name], found[f"{name}_late"], query))
    return Board("Par ancienneté", "Déposés depuis", "Les dossiers en cours, selon leur premier dépôt.", bars(told))


def span(today: date, first: int, last: int | None) -> tuple[date | None, date]:
    """Return the days (from, to) on which a file of that many days was filed; None: since always. Pure."""
    return (today - timedelta(days=last) if last is not None else None), today - timedelta(days=first)


def flow(user: User, today: date) -> Flow:
    """Return what was filed and what ended in each of the last twelve months, this one included."""
    months = last_months(today, MONTHS_SHOWN)
    rows = access.visible_to(user).filed().order_by()
    filed = _per_month(rows.filter(submitted_at__date__gte=months[0]), "submitted_at")
    ended = _per_month(rows.at(*FINAL).filter(stage_since__date__gte=months[0]), "stage_since")
    series = [("Déposées", filed), ("Terminées", ended)]
    return Flow(
        [
            (f"{MONTHS[month.month - 1]} {month.year}", SHORT[month.month - 1], x_of(rank, len(months)))
            for rank, month in enumerate(months)
        ],
        curves([(label, [numbers.get(month, 0) for month in months]) for label, numbers in series]),
    )


def last_months(today: date, count: int) -> list[date]:
    """Return the first days of the last months, the oldest first, the one of today last. Pure."""
    whole = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(whole - count + 1, whole + 1)]


def _per_month(rows: CandidatureQuerySet, field: str) -> dict[date, int]:
    grouped = rows.annotate(month=TruncMonth(field)).values_list("month").annotate(Count("pk"))
    return {month.date(): number for month, number in grouped}


def _query(**filters: object) -> str:
    pairs: Iterable[tuple[str, object]] = ((name, value) for name, value in filters.items() if value)
    return urlencode(
        [(name, str(value)) for name, said in pairs for value in (said if isinstance(said, list) else [said])]
    )
