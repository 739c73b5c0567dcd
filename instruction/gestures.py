"""What may be done on many files at once: why not on this one, what it will change, doing it.

Each gesture asks the same guards as the page of one file, and does the same service: only the asking is grouped.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from instruction.models import Gesture
from referencing import claims, filing, nudging
from referencing.door import refusals
from referencing.models import Candidature
from referencing.refusals import Refusal


@dataclass(frozen=True)
class Order:
    """What was asked, and by whom. `holder` receives the files given; `takes_over` says « even those of colleagues »."""

    gesture: Gesture
    actor: User
    holder: User | None = None
    takes_over: bool = False
    note: str = ""


@dataclass(frozen=True)
class Act:
    """A gesture: its reasons against one file, what it will change in words, and the change itself."""

    refuse: Callable[[Candidature, Order], list[Refusal]]
    foretell: Callable[[Candidature, Order], str]
    do: Callable[[Candidature, Order, int], str]
    help: str


def objections(candidature: Candidature, order: Order) -> list[Refusal]:
    """Return every reason why this gesture will not be done on this file."""
    return _followed_by_another(candidature, order) + ACTS[order.gesture].refuse(candidature, order)


def foretell(candidature: Candidature, order: Order) -> str:
    """Say what will happen to this file."""
    taken = candidature.followed
    over = bool(taken and order.gesture != Gesture.GIVE and taken.holder_id != order.actor.pk)
    after = f" ; vous le reprenez à {taken.holder}" if taken and over else ""
    return ACTS[order.gesture].foretell(candidature, order) + after


def do(candidature: Candidature, order: Order, seen: int) -> str:
    """Do the gesture and say what was done. Raises `Refused`, `Overtaken` or `Held`."""
    claim = claims.claim_of(candidature)
    if claim and claim.holder_id != order.actor.pk:
        if not order.takes_over:
            raise claims.Held(claim)
        if order.gesture != Gesture.GIVE:
            claims.take_over(candidature, actor=order.actor)
    return ACTS[order.gesture].do(candidature, order, seen)


def _followed_by_another(candidature: Candidature, order: Order) -> list[Refusal]:
    claim = candidature.followed
    if claim is None or order.takes_over or claim.holder_id in (order.actor.pk, order.holder and order.holder.pk):
        return []
    sentence = (
        f"{claim.holder} a ce dossier en charge depuis le {claim.since:%d/%m/%Y} : "
        "cochez « Reprendre les dossiers des collègues » pour agir quand même."
    )
    return [Refusal("held", sentence, str(claim.holder))]


def _refuse_giving(candidature: Candidature, order: Order) -> list[Refusal]:
    claim = candidature.followed
    if claim and order.holder and claim.holder_id == order.holder.pk:
        return [Refusal("same", f"{order.holder} a déjà ce dossier en charge.")]
    return []


def _foretell_giving(candidature: Candidature, order: Order) -> str:
    claim = candidature.followed
    return f"Confié à {order.holder}" + (f", à la place de {claim.holder}" if claim else "")


def _give(candidature: Candidature, order: Order, _seen: int) -> str:
    if order.holder is None:
        raise ValueError("confier à qui ?")
    claims.give(candidature, order.holder, actor=order.actor)
    return f"Confié à {order.holder}."


def _admit(candidature: Candidature, order: Order, seen: int) -> str:
    filing.admit(candidature, actor=order.actor, note=order.note, seen=seen)
    return "Déclarée recevable : la candidature est en évaluation."


def _nudge(candidature: Candidature, order: Order, _seen: int) -> str:
    nudging.nudge(candidature, actor=order.actor)
    return "Relance écrite à l'équipe de l'éditeur."


ACTS: dict[str, Act] = {
    Gesture.GIVE: Act(_refuse_giving, _foretell_giving, _give, "La personne choisie en est prévenue par courrier."),
    Gesture.ADMIT: Act(
        lambda candidature, order: refusals(candidature, "admit", order.actor),
        lambda _candidature, _order: "Passe en évaluation ; l'éditeur est prévenu",
        _admit,
        "Chaque dossier passe la même porte que depuis sa page : ce qui manque à l'un ne retient pas les autres.",
    ),
    Gesture.REMIND: Act(
        lambda candidature, order: nudging.objections(candidature, order.actor),
        lambda _candidature, _order: "Un courrier rappelle à l'éditeur ce qui est demandé et jusqu'à quand",
        _nudge,
        "Une relance par jour au plus. Les rappels automatiques autour de l'échéance ne changent pas.",
    ),
}
