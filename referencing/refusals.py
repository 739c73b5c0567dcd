"""Guards speak: a refusal is a sentence, who can mend it and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from referencing.kinds import ActKind
    from referencing.models import Candidature


@dataclass(frozen=True)
class Refusal:
    """Why a verb is not possible now. `page` names the URL (taking the reference) where it can be mended."""

    code: str
    sentence: str
    who: str = ""
    page: str = ""
    fragment: str = ""


class Guard:
    """A predicate with sentences: called by django-fsm as a condition, read by people as reasons.

    `about` names the act it reads when that act is filed by the verb itself: such a guard is not evaluated for a
    button, only once the form has been sent.
    """

    def __init__(self, check: Callable[[Candidature], Iterable[Refusal]], about: ActKind | None = None) -> None:
        self.check = check
        self.about = about
        self.__name__ = check.__name__
        self.__doc__ = check.__doc__

    def __call__(self, candidature: Candidature) -> bool:
        return not self.reasons(candidature)

    def reasons(self, candidature: Candidature) -> list[Refusal]:
        return list(self.check(candidature))


def guard(check: Callable[[Candidature], Iterable[Refusal]]) -> Guard:
    """Make a guard of a function that yields the reasons to refuse. Its docstring is the rule, in French."""
    return Guard(check)


def guard_on(about: ActKind) -> Callable[[Callable[[Candidature], Iterable[Refusal]]], Guard]:
    """Make a guard on the act that the verb itself files."""
    return lambda check: Guard(check, about)
