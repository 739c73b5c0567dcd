"""The lifecycle as data, read from the transitions themselves: for the door, the buttons, the docs and the tests."""

from dataclasses import dataclass
from functools import cache

from referencing.kinds import ActKind
from referencing.lifecycle import Lifecycle
from referencing.refusals import Guard
from referencing.rights import MOVES
from referencing.stages import Stage


@dataclass(frozen=True)
class Verb:
    """One transition: where it starts, where it ends, what it asks and what it is called."""

    name: str
    sources: tuple[Stage, ...]
    target: Stage
    guards: tuple[Guard, ...]
    files: ActKind
    label: str
    done: str
    danger: bool
    purpose: str

    @property
    def roles(self) -> str:
        """Who may, in words."""
        return ", ".join(str(role.label) for role in MOVES[self.name]) or "l'horloge"

    @property
    def event_kind(self) -> str:
        return f"candidature.{self.name}"


def _read(name: str) -> Verb:
    method = getattr(Lifecycle, name)
    transitions = method._django_fsm.transitions
    one = next(iter(transitions.values()))
    return Verb(
        name=name,
        sources=tuple(stage for stage in Stage if stage in transitions),
        target=Stage(one.target),
        guards=tuple(one.conditions),
        files=one.custom["files"],
        label=one.custom["label"],
        done=one.custom["done"],
        danger=one.custom["danger"],
        purpose=(method.__doc__ or "").strip(),
    )


@cache
def all_verbs() -> dict[str, Verb]:
    """Return every verb by name, in the order of the procedure."""
    return {name: _read(name) for name, member in vars(Lifecycle).items() if hasattr(member, "_django_fsm")}


def verb_named(name: str) -> Verb:
    return all_verbs()[name]


def verbs_from(stage: str) -> list[Verb]:
    return [verb for verb in all_verbs().values() if stage in verb.sources]
