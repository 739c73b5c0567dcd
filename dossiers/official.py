"""The papers one signs or is notified: accusé de réception, avis, décision, convention.

Mentions and articles come from domain research (docs/procedure.md); delays and the meaning of silence are settings.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from dossiers.papers import Paper, full_url, paper
from journal.models import Event
from kit.templatetags.french import plural
from referencing.clockwork import silent_on
from referencing.kinds import ActKind, DocumentKind, Opinion
from referencing.models import Act, Candidature, Document, Signature

CRITERIA, FILES = "critère applicable,critères applicables", "fichier joint,fichiers joints"
# Key of the tally → its name on the avis.
BALLOTS = {"votes_for": "Pour", "votes_against": "Contre", "abstentions": "Abstentions", "silent": "Sans vote"}


def receipt(candidature: Candidature, event: Event) -> Paper:
    """The accusé de réception of a dépôt or of complements (CRPA, art. L. 112-11 and R. 112-11-1)."""
    act = event.act
    filings = candidature.acts.filter(kind=ActKind.FILING, event__lte=event.pk).order_by("-pk")
    filed_at = filings.values_list("filed_at", flat=True)[0]
    is_return = act.kind == ActKind.COMPLEMENT_RETURN
    sheet = act.payload["sheet"]
    criteria = [criterion for part in sheet["questionnaires"] for criterion in part["criteria"]]
    proofs = {proof["sha256"] for criterion in criteria for proof in criterion["proofs"]}
    return paper(
        DocumentKind.RECEIPT,
        Document.Audience.EDITOR,
        "Accusé de réception",
        "dossiers/receipt.html",
        candidature,
        event,
        {
            "is_return": is_return,
            "filed_at": filed_at,
            "attention": str(act.filed_by or ""),
            "silence_means": settings.PROCEDURE["silence_means"],
            "silent_on": silent_on(candidature, event),
            "appeal_from": "la décision, expresse ou implicite",
            "follow_url": full_url("referencing:show", candidature.reference),
            "more_facts": [
                ("Déposée par", _named(act)),
                ("Référentiel", sheet["version"]["title"]),
                ("Contenu", f"{plural(len(criteria), CRITERIA)}, {plural(len(proofs), FILES)}"),
            ],
        },
    )


def opinion(candidature: Candidature, event: Event) -> Paper:
    """The avis of the commission: value, réserves, tally without a name, séance."""
    payload = event.act.payload
    held_on = date.fromisoformat(payload["date"]) if payload.get("date") else _day(event.at)
    return paper(
        DocumentKind.OPINION,
        Document.Audience.EDITOR,
        "Avis de la commission",
        "dossiers/opinion.html",
        candidature,
        event,
        {
            "opinion": Opinion(payload["opinion"]).label,
            "reserves": _reserves(payload),
            "ballots": [(label, payload["tally"][key]) for key, label in BALLOTS.items() if key in payload["tally"]],
            "vote_sentence": "" if payload["tally"].get("by") == "majority" else payload["tally"].get("sentence", ""),
            "held_on": held_on,
            "seance": payload["seance"],
            "secretary": event.act.filed_by,
            "more_facts": [],
        },
    )


def decision(candidature: Candidature, event: Event) -> Paper:
    """The minister's decision: grounds, remedies, who signed it; never who prepared it (CRPA, art. L. 211-5)."""
    payload = event.act.payload
    accepted = payload["outcome"] == "accept"
    filing = candidature.acts.filter(kind=ActKind.FILING).order_by("pk").values_list("filed_at", flat=True)[0]
    avis = candidature.acts.filter(kind=ActKind.OPINION).order_by("-pk")[0]
    signatory = payload.get("signatory") or {"name": _named(event.act), "quality": ""}
    return paper(
        DocumentKind.DECISION,
        Document.Audience.EDITOR,
        "Décision de référencement" if accepted else "Décision de refus",
        "dossiers/decision.html",
        candidature,
        event,
        {
            "accepted": accepted,
            "grounds_law": payload["grounds_law"],
            "grounds_fact": payload["grounds_fact"],
            "signatory": signatory,
            "filed_at": filing,
            "opinion": Opinion(avis.payload["opinion"]).label.lower(),
            "opinion_on": avis.filed_at,
            "reserves": [reserve for reserve in _reserves(avis.payload) if not reserve["suspensive"]],
            "attention": "",
            "appeal_from": "la notification de la présente décision",
        },
    )


def convention(candidature: Candidature, event: Event) -> Paper:
    """The convention with its three signatures (CSP, art. R. 1111-38)."""
    payload = event.act.payload
    decided = candidature.acts.filter(kind=ActKind.DECISION).order_by("-pk").values_list("filed_at", flat=True)[0]
    filing = candidature.acts.filter(kind=ActKind.FILING).order_by("-pk")[0]
    parties = [
        {**party, "label": Signature.Party(party["party"]).label, "signed_on": date.fromisoformat(party["signed_on"])}
        for party in payload["parties"]
    ]
    return paper(
        DocumentKind.CONVENTION,
        Document.Audience.EDITOR,
        "Convention de référencement",
        "dossiers/convention.html",
        candidature,
        event,
        {
            "parties": parties,
            "starts_on": date.fromisoformat(payload["starts_on"]),
            "ends_on": date.fromisoformat(payload["ends_on"]),
            "months": candidature.convention.months,
            "data_categories": payload.get("data_categories", ""),
            "decided_on": decided,
            "referential": filing.payload["sheet"]["version"],
        },
    )


def _reserves(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {**reserve, "deadline": date.fromisoformat(reserve["deadline"]) if reserve.get("deadline") else None}
        for reserve in payload["reserves"]
    ]


def _named(act: Act) -> str:
    person = act.filed_by
    return ", ".join(part for part in (str(person), person.quality) if part) if person else ""


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
