"""Dépôt, return of complements, recevabilité and retrait: the acts of the éditeur and of support, in one place."""

from datetime import date
from functools import partial

from accounts.models import User
from questionnaires import sheets
from referencing import certificates
from referencing.attestation import Attested, sentences
from referencing.door import Refused, move
from referencing.models import Candidature
from referencing.refusals import Refusal

CHANGED = Refusal(
    "changed",
    "Des réponses ont changé depuis que vous avez lu cette page : relisez ce que vous attestez, puis recommencez.",
)


def submit(candidature: Candidature, *, actor: User, seen: int | None = None, read: str = "") -> Candidature:
    """File the candidature: the sheet is photographed under the lock with what is attested of it, then frozen.

    `read` is the print (referencing.attestation) of the answers that the person had before their eyes.
    """
    return move(candidature, "submit", actor=actor, seen=seen, payload=partial(_attested, actor=actor, read=read))


def return_complements(
    candidature: Candidature, *, actor: User, seen: int | None = None, read: str = ""
) -> Candidature:
    payload = partial(_attested, actor=actor, read=read)
    return move(candidature, "return_complements", actor=actor, seen=seen, payload=payload)


def _attested(locked: Candidature, *, actor: User, read: str) -> dict[str, object]:
    """Photograph the sheet, and write what is attested of it. Raises Refused when it is no longer the one read."""
    sheet = sheets.snapshot(locked.sheet)
    attested = Attested.of(sheet)
    if read and read != attested.print:
        raise Refused([CHANGED])
    organisation = locked.organisation
    told = sentences(attested, organisation=organisation.name, siren=organisation.siren)
    return {"sheet": sheet, "attested_by": actor.pk, "attestation": told}


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
