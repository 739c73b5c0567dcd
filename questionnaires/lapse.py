"""What time and the antivirus take from an answer: proofs that expire, files that are infected. Pure.

A certificate that has expired no longer proves: its criterion is incomplete again. A report or a capture that has
expired is only worth a warning, unless `PROOF_KINDS_THAT_LAPSE` names its nature (docs/procedure.md).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kit.templatetags.french import in_days, short_date
from questionnaires.completeness import MET


@dataclass(frozen=True)
class Given:
    """A proof as it is given for a criterion: `expires_on` is its last day of validity, None when it has none."""

    title: str
    kind: str
    expires_on: date | None = None
    is_infected: bool = False

    def has_expired(self, today: date) -> bool:
        return self.expires_on is not None and self.expires_on < today


@dataclass(frozen=True)
class Lapse:
    """What an answer loses: `shortages` make it incomplete, `warnings` only call for attention."""

    shortages: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


NOTHING = Lapse()


def lapse_of(value: str, proofs: Iterable[Given], today: date, *, kinds: Collection[str], notice: int) -> Lapse:
    """Say what the proofs of one answer have lost today, and lose within `notice` days.

    `kinds` are the natures that no longer prove once expired, unless a valid proof of the same nature is also given.
    Only an answer « Conforme » stands on its proofs. An infected file is never a proof.
    """
    given = list(proofs)
    infected = [
        f"« {proof.title} » contient un virus : retirez cette preuve ou remplacez-la."
        for proof in given
        if proof.is_infected
    ]
    if value != MET:
        return Lapse(tuple(infected))
    sound = [proof for proof in given if not proof.is_infected]
    valid = {proof.kind for proof in sound if not proof.has_expired(today)}
    expired = [proof for proof in sound if proof.has_expired(today)]
    fallen = [proof for proof in expired if proof.kind in kinds and proof.kind not in valid]
    soon = [proof for proof in sound if proof not in expired and _is_near(proof, today, notice)]
    return Lapse(
        (*infected, *(f"{_expired(proof)} : remplacez-la par une version en cours de validité." for proof in fallen)),
        (
            *(f"{_expired(proof)} : vérifiez qu'elle prouve encore." for proof in expired if proof not in fallen),
            *(
                f"La preuve « {proof.title} » expire le {short_date(proof.expires_on)} ({in_days(proof.expires_on)})."
                for proof in soon
            ),
        ),
    )


def _expired(proof: Given) -> str:
    return f"La preuve « {proof.title} » a expiré le {short_date(proof.expires_on)}"


def _is_near(proof: Given, today: date, notice: int) -> bool:
    return proof.expires_on is not None and proof.expires_on <= today + timedelta(days=notice)
