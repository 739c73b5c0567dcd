"""How the room says no: all the reasons at once, in the same words for the button, the form and the test."""

from collections.abc import Iterable

from accounts.models import User
from accounts.roles import Role
from referencing import access
from referencing.door import Refused
from referencing.refusals import Refusal


def because(code: str, sentence: str, who: str = "") -> Refusal:
    return Refusal(code, sentence, who)


def refuse_if(reasons: Iterable[Refusal]) -> None:
    """Raise `Refused` with every reason given, if any."""
    found = list(reasons)
    if found:
        raise Refused(found)


def is_secretary(user: User) -> bool:
    return Role.SECRETARY in access.global_roles(user)


def secretary_reasons(actor: User) -> list[Refusal]:
    """Why this person may not run a séance."""
    return [] if is_secretary(actor) else [because("right", f"Cette action revient à : {Role.SECRETARY.label}.")]
