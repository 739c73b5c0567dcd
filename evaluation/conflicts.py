"""Conflicts of interest that can be seen from what is on file: team, employer, declared interests. Pure.

What is seen here is proposed to support; the expert's own declaration for the candidature comes besides, always.
Five years is the time that a public declaration of interests looks back (code de la santé publique, art. R. 1451-2).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LOOKS_BACK_YEARS = 5
# Legal forms say nothing of who a company is.
FORMS = frozenset({"sa", "sas", "sasu", "sarl", "eurl", "sci", "snc", "scop", "gie", "groupe", "societe", "france"})


@dataclass(frozen=True)
class Company:
    """An organisation by what is known of it; either may be empty."""

    name: str = ""
    siren: str = ""


@dataclass(frozen=True)
class Tie:
    """A declared interest; `until` is None while it lasts."""

    with_whom: Company
    nature: str
    until: date | None = None


@dataclass(frozen=True)
class Standing:
    """What is on file of one expert, before a candidature of one éditeur.

    `recused_from` names the other candidatures of this éditeur from which they withdrew.
    """

    employer: Company = Company()
    in_team: bool = False
    has_recused: bool = False
    recused_from: tuple[str, ...] = ()
    reads_everything_as: str = ""
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """One reason not to choose an expert. `forbids`: no motive goes past it."""

    sentence: str
    forbids: bool


def conflicts(standing: Standing, editor: Company, today: date) -> list[Conflict]:
    """Return every conflict seen, those that forbid first."""
    found = [*_absolute(standing), *_employment(standing.employer, editor)]
    if standing.recused_from:
        others = ", ".join(standing.recused_from)
        found.append(Conflict(f"S'est déporté d'une autre candidature de cet éditeur ({others}).", forbids=False))
    for tie in standing.ties:
        found += _interest(tie, editor, today)
    return sorted(found, key=lambda conflict: not conflict.forbids)


def _absolute(standing: Standing) -> Iterable[Conflict]:
    if standing.in_team:
        yield Conflict("Fait partie de l'équipe de l'éditeur.", forbids=True)
    if standing.has_recused:
        yield Conflict("S'est déporté de cette candidature.", forbids=True)
    if standing.reads_everything_as:
        yield Conflict(
            f"Lit déjà les candidatures par une autre fonction ({standing.reads_everything_as}) : sa déclaration "
            "d'intérêts ne pourrait pas lui fermer celle-ci.",
            forbids=True,
        )


def _employment(employer: Company, editor: Company) -> Iterable[Conflict]:
    if employer.siren and employer.siren == editor.siren:
        yield Conflict(f"Travaille pour l'éditeur (SIREN {employer.siren}).", forbids=True)
    elif _could_be(employer, editor):
        yield Conflict(f"Son employeur, « {employer.name} », porte un nom proche de celui de l'éditeur.", forbids=False)


def _interest(tie: Tie, editor: Company, today: date) -> Iterable[Conflict]:
    if tie.until is not None and _years_later(tie.until, LOOKS_BACK_YEARS) < today:
        return
    over = tie.until is not None and tie.until < today
    what = f"{tie.nature} — « {tie.with_whom.name} »"
    if tie.with_whom.siren and tie.with_whom.siren == editor.siren:
        when = f"terminé depuis moins de {LOOKS_BACK_YEARS} ans" if over else "en cours"
        yield Conflict(f"Intérêt déclaré avec l'éditeur, {when} : {what}.", forbids=not over)
    elif _could_be(tie.with_whom, editor):
        yield Conflict(f"Intérêt déclaré avec une organisation de nom proche : {what}.", forbids=False)


def _could_be(one: Company, other: Company) -> bool:
    """Whether two names could be those of one company; two SIREN that differ settle that they are not."""
    if one.siren and other.siren:
        return False
    mine, theirs = _words(one.name), _words(other.name)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return frozenset(re.findall(r"[a-z0-9]+", letters)) - FORMS


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
