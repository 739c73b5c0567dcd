"""Dépôt, return of complements, recevabilité and retrait: the acts of the éditeur and of support, in one place."""

from datetime import date

from accounts.models import User
from questionnaires import sheets
from referencing import certificates
from referencing.door import move
from referencing.models import Candidature


def submit(candidature: Candidature, *, actor: User, seen: int | None = None) -> Candidature:
    """File the candidature: the sheet is photographed under the lock, then frozen."""
    return move(
        candidature,
        "submit",
        actor=actor,
        seen=seen,
        payload=lambda locked: {"sheet": sheets.snapshot(locked.sheet), "attested_by": actor.pk},
    )


def return_complements(candidature: Candidature, *, actor: User, seen: int | None = None) -> Candidature:
    return move(
        candidature,
        "return_complements",
        actor=actor,
        seen=seen,
        payload=lambda locked: {"sheet": sheets.snapshot(locked.sheet)},
    )


def declare_incomplete(
    candidature: Candidature, *, missing: list[dict[str, str]], deadline: date, actor: User, seen: int | None = None
) -> Candidature:
    """Ask for the missing pieces: `missing` lists {"what", "basis"} (CRPA, art. L. 114-5)."""
    payload = {"missing": missing, "deadline": deadline.isoformat()}
    return move(candidature, "declare_incomplete", actor=actor, seen=seen, payload=payload)


def declare_inadmissible(
    candidature: Candidature, *, grounds: str, actor: User, seen: int | None = None
) -> Candidature:
    return move(candidature, "declare_inadmissible", actor=actor, seen=seen, payload={"grounds": grounds})


def admit(candidature: Candidature, *, actor: User, note: str = "", seen: int | None = None) -> Candidature:
    return move(
        candidature,
        "admit",
        actor=actor,
        seen=seen,
        payload=lambda locked: {"note": note, "certificates": certificates.checked_in(locked)},
    )


def withdraw(candidature: Candidature, *, motive: str, actor: User, seen: int | None = None) -> Candidature:
    return move(candidature, "withdraw", actor=actor, seen=seen, payload={"motive": motive})
