"""The minister's decision: prepared by one person, signed by another, then the convention and its three signatures."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from journal.record import record
from kit.templatetags.french import long_date
from referencing import acts
from referencing.calendar import add_months
from referencing.door import Refused, file_act, move
from referencing.kinds import ActKind
from referencing.models import Act, Candidature, Convention, Decision, Signature
from referencing.refusals import Refusal
from referencing.stages import Stage


@transaction.atomic
def prepare(candidature: Candidature, *, outcome: str, grounds_law: str, grounds_fact: str, actor: User) -> Decision:
    """Write or rewrite the draft decision; whoever writes last becomes its author and may not sign it."""
    _stage_must_be(candidature, Stage.OPINION_GIVEN)
    decision, _ = Decision.objects.update_or_create(
        candidature=candidature,
        defaults={
            "outcome": outcome,
            "grounds_law": grounds_law,
            "grounds_fact": grounds_fact,
            "prepared_by": actor,
            "prepared_at": timezone.now(),
        },
    )
    record("decision.prepared", candidature.reference, actor=actor, data={"outcome": outcome})
    return decision


def sign(candidature: Candidature, *, actor: User, seen: int | None = None, read: str | None = None) -> Candidature:
    """Sign the draft decision: accept or reject, as it says.

    `read` is when the text that was read was prepared (`prepared_at`, ISO). Raises `Refused` when the author signs
    their own text, or when the text was rewritten since it was read.
    """
    with transaction.atomic():
        Candidature.objects.locked().get(pk=candidature.pk)  # first, as everywhere: no two writers wait for each other
        decision = Decision.objects.select_for_update(of=("self",)).filter(candidature=candidature).first()
        if decision is None:
            raise Refused([Refusal("decision", "Aucune décision n'a été préparée.", "le ministère")])
        if read is not None and read != decision.prepared_at.isoformat():
            sentence = "Le projet a été réécrit depuis l'affichage de la page : relisez-le avant de le signer."
            raise Refused(
                [Refusal("rewritten", sentence, page="referencing:decision", reference=candidature.reference)]
            )
        payload = {
            "outcome": decision.outcome,
            "grounds_law": decision.grounds_law,
            "grounds_fact": decision.grounds_fact,
            "prepared_by": decision.prepared_by_id,
            "signed_by": actor.pk,
            "signatory": {"name": str(actor), "quality": actor.quality},
        }
        moved = move(candidature, decision.outcome, actor=actor, seen=seen, payload=payload)
        decision.signed_by, decision.signed_at = actor, timezone.now()
        decision.save(update_fields=["signed_by", "signed_at"])
    return moved


@transaction.atomic
def lift_reserve(candidature: Candidature, *, reserve: str, finding: str, actor: User) -> Act:
    """Record that a réserve is lifted, once, with the finding that shows it."""

    def lifted(locked: Candidature) -> dict[str, str]:
        if reserve not in {item["id"] for item in acts.pending_reserves(locked)}:
            raise Refused([Refusal("reserve", "Cette réserve n'existe pas ou est déjà levée.")])
        return {"reserve": reserve, "finding": finding}

    return file_act(candidature, ActKind.RESERVE_LIFTED, actor=actor, payload=lifted)


@transaction.atomic
def draw_up_convention(
    candidature: Candidature, *, starts_on: date, months: int, data_categories: str, actor: User
) -> Convention:
    """Write the terms of the convention; they are fixed once a party has signed."""
    _stage_must_be(candidature, Stage.ACCEPTED)
    convention = Convention.objects.filter(candidature=candidature).first() or Convention(candidature=candidature)
    if convention.pk and convention.signatures.exists():
        raise Refused([Refusal("signed", "La convention porte déjà une signature : ses termes ne changent plus.")])
    convention.starts_on, convention.months, convention.data_categories = starts_on, months, data_categories
    convention.save()
    record("convention.drawn_up", candidature.reference, actor=actor, data={"months": months})
    return convention


@transaction.atomic
def record_signature(
    convention: Convention, *, party: str, name: str, quality: str, signed_on: date, actor: User
) -> Signature:
    """Record one of the three signatures; the third files the act CONVENTION.

    Raises `Refused`, with the code "signed_on" when the date is before that of the decision.
    """
    candidature = convention.candidature
    _stage_must_be(candidature, Stage.ACCEPTED)
    decided_at = Decision.objects.get(candidature=candidature).signed_at
    if decided_at and signed_on < timezone.localdate(decided_at):
        sentence = f"La convention ne se signe pas avant la décision, prise le {long_date(decided_at)}."
        raise Refused([Refusal("signed_on", sentence, "le support")])
    signature = Signature.objects.create(
        convention=convention, party=party, name=name, quality=quality, signed_on=signed_on, recorded_by=actor
    )
    record("convention.signed", candidature.reference, actor=actor, data={"party": party})
    if convention.signatures.count() == len(Signature.Party):
        file_act(candidature, ActKind.CONVENTION, actor=actor, payload=_convention_payload(convention))
    return signature


@transaction.atomic
def remove_signature(convention: Convention, *, party: str, actor: User) -> None:
    """Take back a signature recorded by mistake; refused once the third is there, which closes the convention."""
    candidature = convention.candidature
    _stage_must_be(candidature, Stage.ACCEPTED)
    if convention.signatures.count() == len(Signature.Party):
        raise Refused([Refusal("closed", "La convention porte ses trois signatures : elle ne change plus.")])
    removed, _ = convention.signatures.filter(party=party).delete()
    if not removed:
        raise Refused([Refusal("absent", "Cette signature n'est plus au dossier : elle a déjà été supprimée.")])
    record("convention.signature_removed", candidature.reference, actor=actor, data={"party": party})


def default_months() -> int:
    """Length of a first référencement: a setting, one year by default (guide v3.8, read second-hand)."""
    return int(settings.PROCEDURE["convention_months"])


def _convention_payload(convention: Convention) -> dict[str, object]:
    return {
        "parties": [
            {"party": s.party, "name": s.name, "quality": s.quality, "signed_on": s.signed_on.isoformat()}
            for s in convention.signatures.all()
        ],
        "starts_on": convention.starts_on.isoformat(),
        "ends_on": add_months(convention.starts_on, convention.months).isoformat(),
        "data_categories": convention.data_categories,
    }


def _stage_must_be(candidature: Candidature, stage: Stage) -> None:
    locked = Candidature.objects.locked().get(pk=candidature.pk)
    if locked.stage != stage:
        raise Refused(
            [Refusal("stage", f"La candidature n'est plus à l'étape « {stage.label} » : rien n'a été enregistré.")]
        )
