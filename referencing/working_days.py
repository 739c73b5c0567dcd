"""Days on which the administration works: neither a week-end nor a French public holiday. Pure.

Public holidays: code du travail, art. L. 3133-1; the two more of Alsace-Moselle (art. L. 3134-13) are
a setting, ALSACE_MOSELLE.
"""

from datetime import date, timedelta
from functools import cache

import holidays
from django.conf import settings

MOSELLE = "57"  # the Bas-Rhin and the Haut-Rhin have the same


@cache
def _calendar(alsace_moselle: bool) -> holidays.HolidayBase:
    return holidays.country_holidays("FR", subdiv=MOSELLE if alsace_moselle else None, language="fr")


def holiday_name(day: date) -> str:
    """Return the name of the public holiday in French, "" when the day is none."""
    return str(_calendar(settings.PROCEDURE["alsace_moselle"]).get(day, ""))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and not holiday_name(day)


def next_working_day(day: date) -> date:
    """Return the day itself when it is worked, the first worked one after it otherwise."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """Return the date `count` worked days after `day`; the day itself is not counted."""
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day


def working_days_between(day: date, until: date) -> int:
    """Return how many worked days come after `day`, `until` included; 0 when it is not after."""
    return sum(is_working_day(day + timedelta(days=count)) for count in range(1, (until - day).days + 1))
