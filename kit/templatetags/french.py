"""Dates, numbers and states in words, as French readers write them. Loaded in every template."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

NBSP = "\u00a0"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
UNITS = ("octet", "ko", "Mo", "Go")

# Tone of a badge by value: stages, verdicts, avis and states of work, the same wherever they appear.
TONES = {
    "draft": "",
    "submitted": "info",
    "incomplete": "warning",
    "inadmissible": "error",
    "in_evaluation": "info",
    "complements_requested": "warning",
    "evaluated": "info",
    "in_commission": "info",
    "opinion_given": "info",
    "accepted": "success",
    "rejected": "error",
    "published": "success",
    "withdrawn": "",
    "met": "success",
    "minor_reserve": "warning",
    "major_reserve": "warning",
    "not_met": "error",
    "complement_needed": "info",
    "irrelevant": "",
    "to_judge": "new",
    "to_review": "warning",
    "second_awaited": "info",
    "divergent": "error",
    "waiting": "info",
    "judged": "success",
    "planned": "",
    "convened": "info",
    "open": "new",
    "closed": "success",
    "pending": "",
    "adjourned": "warning",
    "in_progress": "info",
    "done": "success",
    "complement": "warning",
    "safe": "success",
    "infected": "error",
    "error": "warning",
}


def _day(value: date | datetime) -> date:
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


@register.filter
def long_date(value: date | datetime | None) -> str:
    """« mardi 3 mars 2026 »; the first of the month is « 1er ». Empty for no date."""
    if not value:
        return ""
    day = _day(value)
    number = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


@register.filter
def long_moment(value: datetime | None) -> str:
    """« mardi 3 mars 2026 à 14 h 05 », local time."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{long_date(local)} à {local.hour}{NBSP}h{NBSP}{local.minute:02d}"


@register.filter
def short_date(value: date | datetime | None) -> str:
    """« 03/03/2026 »."""
    return _day(value).strftime("%d/%m/%Y") if value else ""


@register.filter
def ago(value: date | datetime | None) -> str:
    """« aujourd'hui », « hier », « il y a 3 jours » (calendar days)."""
    if not value:
        return ""
    days = (timezone.localdate() - _day(value)).days
    if days < 0:
        return in_days(value)
    return ("aujourd'hui", "hier")[days] if days < 2 else f"il y a {days}{NBSP}jours"


@register.filter
def in_days(value: date | datetime | None) -> str:
    """« aujourd'hui », « demain », « dans 12 jours », « en retard de 3 jours » (calendar days)."""
    if not value:
        return ""
    days = (_day(value) - timezone.localdate()).days
    if days < 0:
        return f"en retard de {plural(-days, 'jour,jours')}"
    return ("aujourd'hui", "demain")[days] if days < 2 else f"dans {days}{NBSP}jours"


@register.filter
def is_late(value: date | datetime | None) -> bool:
    return bool(value) and _day(value) < timezone.localdate()  # type: ignore[arg-type]


@register.filter
def plural(number: int | None, forms: str) -> str:
    """`2|plural:"candidature,candidatures"` → « 2 candidatures »; zero and one take the first form."""
    count = int(number or 0)
    one, _, many = forms.partition(",")
    shown = number_format(count, use_l10n=True, force_grouping=True)
    return f"{shown}{NBSP}{one if count < 2 else many or one}"


@register.filter
def filesize_fr(size: int | None) -> str:
    """« 812 octets », « 1,4 Mo »; units of 1 024."""
    amount = float(size or 0)
    for unit in UNITS:
        if amount < 1024 or unit == UNITS[-1]:
            break
        amount /= 1024
    if unit == "octet":
        return plural(int(amount), "octet,octets")
    shown = f"{amount:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{shown}{NBSP}{unit}"


@register.simple_tag
def badge(value: Any, label: str = "", tone: str = "", size: str = "") -> SafeString:
    """A DSFR badge: always words, the colour only repeats them.

    `{% badge candidature.stage candidature.get_stage_display %}`; `tone` (success, error, info, warning, new)
    overrides the table, `size="sm"` makes it small.
    """
    tone = tone or TONES.get(str(getattr(value, "value", value)), "")
    classes = (
        "fr-badge" + (f" fr-badge--{tone} fr-badge--no-icon" if tone else "") + (f" fr-badge--{size}" if size else "")
    )
    return format_html('<span class="{}">{}</span>', classes, label or getattr(value, "label", value))


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """Read one entry of a mapping; None when absent."""
    return mapping.get(key)


@register.filter
def elided(page: Page[Any]) -> Iterator[int | str]:
    """Numbers of the pages around this one, first and last, with an ellipsis between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
