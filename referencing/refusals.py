"""Guards speak: a refusal is a sentence, who can mend it and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from referencing.kinds import ActKind
    from referencing.models import Candidature


@dataclass(frozen=True)
class Refusal:
    """Why a verb is not possible now, who can mend it, and on which page.

    `page` names a URL taking the reference, then `detail` (the code of a criterion) when there is one. `profile` is the
    trade that mends it inside the éditeur's team, "" when it is anybody's. The guard fills `reference`.
    """

    code: str
    sentence: str
    who: str = ""
    page: str = ""
    detail: str = ""
    reference: str = ""
    profile: str = ""

    @property
    def url(self) -> str:
        """Address of the page where it can be mended, or "" when there is none."""
        if not self.page:
            return ""
        return reverse(self.page, args=[self.reference, self.detail] if self.detail else [self.reference])


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

    def __call__(self, candidature: Any) -> bool:
        return self in candidature.passed or not self.reasons(candidature)

    def reasons(self, candidature: Candidature) -> list[Refusal]:
        return [replace(reason, reference=candidature.reference) for reason in self.check(candidature)]


def guard(check: Callable[[Candidature], Iterable[Refusal]]) -> Guard:
    """Make a guard of a function that yields the reasons to refuse. Its docstring is the rule, in French."""
    return Guard(check)


def guard_on(about: ActKind) -> Callable[[Callable[[Candidature], Iterable[Refusal]]], Guard]:
    """Make a guard on the act that the verb itself files."""
    return lambda check: Guard(check, about)
