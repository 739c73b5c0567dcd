"""Who answers what in a team: the répartition of a candidature. Pure; `referencing/assignments.py` reads its values."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from accounts.roles import Profile
from questionnaires.sheets import Item, ItemState, Overview, Progress

# « Invitez … » when nobody in the team has the profile.
WHO: dict[Profile, str] = {
    Profile.MOA: "une personne de la maîtrise d'ouvrage",
    Profile.JUR: "un juriste ou un délégué à la protection des données",
    Profile.ARCHI: "un architecte",
    Profile.SSI: "un responsable de la sécurité",
    Profile.PASSI: "un auditeur PASSI",
    Profile.ACC: "un spécialiste de l'accessibilité",
    Profile.IA: "un spécialiste de l'intelligence artificielle",
    Profile.MED: "un responsable du contenu médical",
}


@dataclass(frozen=True)
class Mate:
    """A member of the team: numbers of the membership and of the person, name, values of their profiles."""

    number: int
    person: int
    name: str
    profiles: frozenset[str]


@dataclass(frozen=True)
class Given:
    """What the team decided for a section: a profile, or the number of a member."""

    profile: str = ""
    member: int | None = None


@dataclass(frozen=True)
class Part:
    """A section with its criteria that apply: `named` when given to a member, else `profiles` in their order."""

    questionnaire: str
    questionnaire_title: str
    code: str
    title: str
    items: tuple[Item, ...]
    left: tuple[Item, ...]
    profiles: tuple[Profile, ...]
    named: Mate | None
    people: tuple[Mate, ...]
    is_moved: bool

    @cached_property
    def progress(self) -> Progress:
        return Progress.of(self.items)

    @property
    def lacking(self) -> list[Profile]:
        """The profiles that nobody in the team has and that still have something to answer here."""
        held = {value for mate in self.people for value in mate.profiles}
        waiting = {self.profile_of(item) for item in self.left}
        return [] if self.named else [p for p in self.profiles if p in waiting and p not in held]

    def of(self, mate: Mate, items: Iterable[Item]) -> list[Item]:
        """Keep the criteria that fall to a member: by name, or by one of their profiles."""
        if self.named:
            return list(items) if self.named == mate else []
        return [item for item in items if self.profile_of(item) in mate.profiles]

    def profile_of(self, item: Item) -> Profile:
        return self.profiles[0] if self.is_moved else Profile(item.criterion.profile)


@dataclass(frozen=True)
class Holder:
    """A profile, or a member named for a section: how far their criteria are.

    `lacking` is the profile when nobody in the team has it; `invite` says whom to look for.
    """

    label: str
    people: tuple[str, ...]
    progress: Progress
    left: int
    lacking: Profile | None

    @property
    def invite(self) -> str:
        return WHO[self.lacking] if self.lacking else ""


@dataclass(frozen=True)
class Sharing:
    parts: tuple[Part, ...]
    mates: tuple[Mate, ...]

    def part(self, questionnaire: str, code: str) -> Part | None:
        return next((part for part in self.parts if (part.questionnaire, part.code) == (questionnaire, code)), None)

    def left_for(self, mate: Mate) -> list[tuple[Part, int]]:
        """Return the sections where something is left to do by a member, with how many criteria."""
        counted = [(part, len(part.of(mate, part.left))) for part in self.parts]
        return [(part, number) for part, number in counted if number]

    def holders(self) -> list[Holder]:
        """Return the profiles that answer something, in the order of the référentiel, then the members named."""
        by_profile = [self._of_profile(profile) for profile in Profile]
        by_name = [self._of_mate(mate) for mate in self.mates]
        return [holder for holder in (*by_profile, *by_name) if holder.progress.total]

    def _of_profile(self, profile: Profile) -> Holder:
        shared = [part for part in self.parts if not part.named]
        items = [item for part in shared for item in part.items if part.profile_of(item) == profile]
        left = sum(part.profile_of(item) == profile for part in shared for item in part.left)
        people = tuple(mate.name for mate in self.mates if profile in mate.profiles)
        return Holder(str(profile.label), people, Progress.of(items), left, None if people else profile)

    def _of_mate(self, mate: Mate) -> Holder:
        own = [part for part in self.parts if part.named == mate]
        items = [item for part in own for item in part.items]
        return Holder(
            f"{mate.name}, par son nom", (mate.name,), Progress.of(items), sum(len(p.left) for p in own), None
        )


def share(
    whole: Overview,
    given: dict[tuple[str, str], Given],
    mates: Collection[Mate],
    *,
    unanswered: Collection[str] = (),
) -> Sharing:
    """Say who answers each section. `given` is keyed by codes of questionnaire and section.

    `unanswered` names the criteria that a request for complements reopened and that nobody answered since: they are
    left to do, complete as they may look. A member who is no longer in the team counts as not named.
    """
    parts = []
    for questionnaire in whole.questionnaires if mates else ():
        for section in questionnaire.sections if questionnaire.is_answered else ():
            items = tuple(item for item in section.items if item.state != ItemState.NOT_ASKED)
            if not items:
                continue
            decided = given.get((questionnaire.code, section.code), Given())
            named = next((mate for mate in mates if mate.number == decided.member), None)
            profiles = (Profile(decided.profile),) if decided.profile else _profiles_of(items)
            holders = tuple(mate for mate in mates if mate.profiles.intersection(profiles))
            parts.append(
                Part(
                    questionnaire=questionnaire.code,
                    questionnaire_title=questionnaire.title,
                    code=section.code,
                    title=section.title,
                    items=items,
                    left=tuple(item for item in items if _is_left(item, unanswered)),
                    profiles=profiles,
                    named=named,
                    people=(named,) if named else holders,
                    is_moved=bool(decided.profile),
                )
            )
    return Sharing(tuple(parts), tuple(mates))


def _profiles_of(items: Iterable[Item]) -> tuple[Profile, ...]:
    present = {item.criterion.profile for item in items}
    return tuple(profile for profile in Profile if profile in present)


def _is_left(item: Item, unanswered: Collection[str]) -> bool:
    return item.may_change and (item.state != ItemState.DONE or item.code in unanswered)
