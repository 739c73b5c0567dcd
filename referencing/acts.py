"""Reading acts: the only memory guards have of what other rooms did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.functions import Coalesce

from referencing.kinds import ActKind

if TYPE_CHECKING:
    from referencing.models import Candidature

# Acts that stay true from one round to the next; the others must be filed again in each round.
LASTING = frozenset(
    {ActKind.UNIT_TESTS, ActKind.TEST_BOOK, ActKind.OPINION, ActKind.DECISION, ActKind.CONVENTION, ActKind.FICHE}
)

# The acts by which the éditeur gives the sheet, and those that put it back in their hands.
GIVEN_BY_EDITOR = (ActKind.FILING, ActKind.COMPLEMENT_RETURN)
ASKED_OF_EDITOR = (ActKind.INCOMPLETENESS, ActKind.COMPLEMENT_REQUEST)


def latest(candidature: Candidature, kind: ActKind) -> dict[str, Any] | None:
    """Return the payload of the act being filed, else of the latest one on file that still holds, else None."""
    if candidature.filing and candidature.filing[0] == kind:
        return candidature.filing[1]
    acts = candidature.acts.filter(kind=kind)
    if kind not in LASTING:
        acts = acts.filter(round=candidature.round)
    act = acts.order_by("-pk").values("payload").first()
    return act["payload"] if act else None


def payloads(candidature: Candidature, kind: ActKind) -> list[dict[str, Any]]:
    """Return the payloads of every act of a kind, the oldest first."""
    return list(candidature.acts.filter(kind=kind).order_by("pk").values_list("payload", flat=True))


def filed_sheets(candidature: Candidature) -> list[dict[str, Any]]:
    """Return the sheet as photographed by each dépôt and each return of complements, the latest first."""
    acts = candidature.acts.filter(kind__in=GIVEN_BY_EDITOR).order_by("-pk")
    return [payload["sheet"] for payload in acts.values_list("payload", flat=True)]


def answers_are_filed(candidature: Candidature) -> bool:
    """Say whether the sheet holds what was last filed: not in a draft, nor from a request until the éditeur answers it.

    A candidature withdrawn while the éditeur was writing keeps what was being written: it was never filed.
    """
    turns = candidature.acts.filter(kind__in=GIVEN_BY_EDITOR + ASKED_OF_EDITOR).order_by("-pk")
    return turns.values_list("kind", flat=True).first() in GIVEN_BY_EDITOR


def pending_reserves(candidature: Candidature) -> list[dict[str, Any]]:
    """Return the reserves of the avis that no act has lifted yet."""
    opinion = latest(candidature, ActKind.OPINION)
    lifted = {payload["reserve"] for payload in payloads(candidature, ActKind.RESERVE_LIFTED)}
    return [reserve for reserve in (opinion or {}).get("reserves", []) if reserve["id"] not in lifted]


def is_sealed(candidature: Candidature, holding: ActKind | None = None) -> bool:
    """Say whether the dossier of this round is sealed; with `holding`, whether after the latest act of that kind.

    A dossier holds what was on file at the event its paper tells of, which may be well before its own act.
    """
    sealed = candidature.acts.filter(kind=ActKind.DOSSIER, round=candidature.round)
    if holding and (held := candidature.acts.filter(kind=holding).order_by("-pk").values("event").first()):
        moment = Coalesce("document__event", "event")
        sealed = sealed.annotate(moment=moment).filter(moment__gte=held["event"])
    return sealed.exists()
