"""The guards of the lifecycle. Each reads acts and sheets, and yields every reason to refuse, in French."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.roles import Profile
from journal.models import Letter
from questionnaires import sheets
from questionnaires.completeness import Missing, missing
from referencing import acts
from referencing.kinds import ActKind, Opinion
from referencing.refusals import Refusal, guard, guard_on
from referencing.tracks import provision_of, uncovered_apis
from referencing.unsettled import unsettled

if TYPE_CHECKING:
    from referencing.models import Candidature

TYPE_EDITOR = "l'éditeur"


@guard
def orientation_is_answered(candidature: Candidature) -> Iterator[Refusal]:
    """Le questionnaire d'orientation est complet."""
    if not candidature.sheet.orientation_done:
        yield Refusal(
            "orientation",
            "Le questionnaire d'orientation n'est pas terminé : il décide des critères applicables.",
            TYPE_EDITOR,
            "referencing:orientation",
        )


@guard
def sheet_is_complete(candidature: Candidature) -> Iterator[Refusal]:
    """Chaque critère obligatoire applicable a une réponse et ses preuves."""
    if not candidature.sheet.orientation_done:
        return  # the other guard says it
    yield from (_lacking(lack) for lack in missing(sheets.overview(candidature.sheet)))


def _lacking(lack: Missing) -> Refusal:
    return Refusal(
        f"criterion:{lack.code}",
        f"{lack.code} : {lack.sentence}",
        lack.profile_label,
        "referencing:criterion",
        lack.code,
        profile=lack.profile,
    )


@guard
def unit_tests_are_on_file(candidature: Candidature) -> Iterator[Refusal]:
    """Avec échange de données, les tests unitaires de chaque API sont déposés avant la candidature."""
    if not provision_of(candidature.sheet.facts).unit_tests:
        return
    who, page = "l'architecte de l'éditeur", "exchange:tests"
    payload = acts.latest(candidature, ActKind.UNIT_TESTS)
    if not payload:
        sentence = "Le service échange des données : déposez d'abord le rapport de tests unitaires de chaque API."
        yield Refusal("unit_tests", sentence, who, page, profile=Profile.ARCHI)
        return
    for name in uncovered_apis(candidature.sheet.facts, payload["apis"]):
        sentence = f"L'API {name}, déclarée dans l'orientation, n'est pas couverte par le rapport de tests unitaires."
        yield Refusal(f"unit_tests:{name}", sentence, who, page, profile=Profile.ARCHI)


@guard_on(ActKind.INCOMPLETENESS)
def missing_pieces_are_listed(candidature: Candidature) -> Iterator[Refusal]:
    """Les pièces manquantes sont nommées et un délai est fixé (CRPA, art. L. 114-5)."""
    payload = acts.latest(candidature, ActKind.INCOMPLETENESS)
    if not payload or not payload["missing"]:
        yield Refusal("missing", "Indiquez au moins une pièce manquante, avec le texte qui l'exige.", "le support")


@guard_on(ActKind.INADMISSIBILITY)
def grounds_are_written(candidature: Candidature) -> Iterator[Refusal]:
    """Les motifs sont écrits (CRPA, art. L. 211-2 et L. 211-5)."""
    payload = acts.latest(candidature, ActKind.INADMISSIBILITY)
    if not payload or not payload["grounds"].strip():
        yield Refusal("grounds", "Écrivez les motifs de l'irrecevabilité, en droit et en fait.", "le support")


@guard_on(ActKind.COMPLEMENT_REQUEST)
def request_is_targeted(candidature: Candidature) -> Iterator[Refusal]:
    """Une demande de compléments vise au moins un critère."""
    payload = acts.latest(candidature, ActKind.COMPLEMENT_REQUEST)
    if not payload or not payload["items"]:
        yield Refusal("items", "Désignez au moins un critère et dites ce qui est attendu.", "l'expert coordonnateur")


@guard
def every_request_is_answered(candidature: Candidature) -> Iterator[Refusal]:
    """Chaque critère rouvert a reçu une nouvelle réponse ou une nouvelle preuve, et reste complet."""
    unanswered = sheets.unanswered_reopenings(candidature.sheet)
    for criterion in unanswered:
        yield Refusal(
            f"criterion:{criterion.code}",
            f"{criterion.code} : le complément demandé n'a pas encore reçu de réponse.",
            TYPE_EDITOR,
            "referencing:criterion",
            criterion.code,
            profile=criterion.profile,
        )
    whole = sheets.overview(candidature.sheet)
    changed = {item.code for item in whole.items if item.reopened} - {criterion.code for criterion in unanswered}
    yield from (_lacking(lack) for lack in missing(whole) if lack.code in changed)


@guard_on(ActKind.EXTENSION)
def new_deadline_is_later(candidature: Candidature) -> Iterator[Refusal]:
    """La nouvelle échéance vient après l'échéance actuelle."""
    payload = acts.latest(candidature, ActKind.EXTENSION)
    if not payload or candidature.deadline is None or payload["deadline"] <= candidature.deadline.isoformat():
        yield Refusal("until", "La nouvelle échéance doit venir après l'échéance actuelle.", "le support")


@guard_on(ActKind.REPORT)
def report_is_whole(candidature: Candidature) -> Iterator[Refusal]:
    """Le rapport porte une synthèse et juge chaque critère applicable."""
    payload = acts.latest(candidature, ActKind.REPORT)
    if not payload or not payload["synthesis"].strip():
        yield Refusal(
            "synthesis", "Rédigez la synthèse du rapport d'évaluation.", "l'expert coordonnateur", "evaluation:report"
        )
    for name in (payload or {}).get("unwritten", []):
        sentence = f"Réécrivez les passages « [à rédiger : …] » que la trame a laissés dans {name}."
        yield Refusal(f"unwritten:{name}", sentence, "l'expert coordonnateur", "evaluation:report")
    yield from (unsettled(payload or {}, code) for code in (payload or {}).get("unjudged", []))


@guard
def dossier_is_sealed(candidature: Candidature) -> Iterator[Refusal]:
    """Le dossier scellé de ce tour est sur la table, avec le cahier de tests final quand il en faut un."""
    who, page = "le support", "dossiers:papers"
    if not acts.is_sealed(candidature):
        sentence = "Le dossier PDF de ce tour n'est pas encore scellé ; il est en cours de fabrication."
        yield Refusal("dossier", sentence, who, page)
    elif provision_of(candidature.sheet.facts).test_book and not acts.is_sealed(candidature, holding=ActKind.TEST_BOOK):
        sentence = (
            "Le dossier PDF est scellé de nouveau, avec le cahier de tests final ; il est en cours de fabrication."
        )
        yield Refusal("dossier", sentence, who, page)


@guard
def test_book_is_on_file(candidature: Candidature) -> Iterator[Refusal]:
    """Avec échange de données, le cahier de tests final est accepté avant la commission."""
    if provision_of(candidature.sheet.facts).test_book and not acts.latest(candidature, ActKind.TEST_BOOK):
        yield Refusal(
            "test_book",
            "Le cahier de tests final n'est pas encore accepté : il fait partie du dossier présenté en commission.",
            "le support",
            "exchange:tests",
        )


@guard_on(ActKind.OPINION)
def opinion_is_one_of_four(candidature: Candidature) -> Iterator[Refusal]:
    """L'avis a l'une des quatre valeurs, et des réserves quand il en annonce."""
    payload = acts.latest(candidature, ActKind.OPINION) or {}
    if payload.get("opinion") not in Opinion.values:
        yield Refusal("opinion", "L'avis doit avoir l'une des quatre valeurs prévues.", "le secrétariat")
    reserves = payload.get("reserves", [])
    if payload.get("opinion") == Opinion.FAVOURABLE_RESERVES and not reserves:
        yield Refusal("reserves", "Un avis avec réserves énonce au moins une réserve.", "le secrétariat")
    if payload.get("opinion") == Opinion.FAVOURABLE_SUSPENSIVE and not any(r["suspensive"] for r in reserves):
        yield Refusal(
            "reserves", "Un avis avec réserves suspensives énonce au moins une réserve suspensive.", "le secrétariat"
        )


@guard
def opinion_allows_acceptance(candidature: Candidature) -> Iterator[Refusal]:
    """Seul un service ayant reçu un avis favorable peut être référencé (CSP, art. R. 1111-38)."""
    payload = acts.latest(candidature, ActKind.OPINION)
    if payload and payload["opinion"] == Opinion.UNFAVOURABLE:
        yield Refusal(
            "opinion",
            "L'avis de la commission est défavorable : le service ne peut pas être référencé.",
            "la commission",
        )


@guard
def suspensive_reserves_are_lifted(candidature: Candidature) -> Iterator[Refusal]:
    """Chaque réserve suspensive est levée par un constat."""
    for reserve in acts.pending_reserves(candidature):
        if reserve["suspensive"]:
            yield Refusal(
                f"reserve:{reserve['id']}",
                f"La réserve suspensive « {reserve['text']} » n'est pas levée.",
                "le support",
                "referencing:reserves",
            )


def _decision_is(candidature: Candidature, outcome: str, sentence: str) -> Iterator[Refusal]:
    payload = acts.latest(candidature, ActKind.DECISION) or {}
    if payload.get("outcome") != outcome:
        yield Refusal("decision", sentence, "le ministère", "referencing:decision")
    if not payload.get("grounds_law", "").strip() or not payload.get("grounds_fact", "").strip():
        yield Refusal(
            "grounds", "La décision doit être motivée en droit et en fait.", "le ministère", "referencing:decision"
        )
    if payload.get("signed_by") is None or payload.get("signed_by") == payload.get("prepared_by"):
        yield Refusal(
            "signature",
            "La décision doit être signée par une autre personne que celle qui l'a préparée.",
            "le ministère",
        )


@guard_on(ActKind.DECISION)
def decision_accepts(candidature: Candidature) -> Iterator[Refusal]:
    """Une décision de référencement, motivée, signée par une autre personne que son auteur."""
    yield from _decision_is(candidature, "accept", "Aucune décision de référencement n'a été préparée.")


@guard_on(ActKind.DECISION)
def decision_rejects(candidature: Candidature) -> Iterator[Refusal]:
    """Une décision de refus, motivée en droit et en fait (CRPA, art. L. 211-2), signée par une autre personne."""
    yield from _decision_is(candidature, "reject", "Aucune décision de refus n'a été préparée.")


@guard
def convention_is_signed(candidature: Candidature) -> Iterator[Refusal]:
    """La convention est signée par les trois parties (CSP, art. R. 1111-38)."""
    payload = acts.latest(candidature, ActKind.CONVENTION)
    if not payload or {party["party"] for party in payload["parties"]} != {"editor", "minister", "cnam"}:
        yield Refusal(
            "convention",
            "La convention n'est pas signée par les trois parties (éditeur, ministre, Cnam).",
            "le support",
            "referencing:convention",
        )


@guard_on(ActKind.FICHE)
def fiche_is_complete(candidature: Candidature) -> Iterator[Refusal]:
    """La fiche du catalogue est complète."""
    payload = acts.latest(candidature, ActKind.FICHE) or {}
    for key, name in (
        ("description", "la description courte"),
        ("long_description", "la description longue"),
        ("thematics", "une thématique"),
    ):
        if not payload.get(key):
            yield Refusal(
                f"fiche:{key}", f"Il manque {name} dans la fiche du catalogue.", TYPE_EDITOR, "catalogue:fiche"
            )


@guard
def deadline_is_passed(candidature: Candidature) -> Iterator[Refusal]:
    """L'échéance donnée à l'éditeur est passée."""
    if candidature.deadline is None or candidature.deadline >= timezone.localdate():
        yield Refusal("deadline", "L'échéance donnée à l'éditeur n'est pas passée.")


@guard
def no_extension_is_pending(candidature: Candidature) -> Iterator[Refusal]:
    """Aucune demande de délai de l'éditeur n'attend de réponse."""
    if candidature.extensions.filter(round=candidature.round, state="pending").exists():
        yield Refusal("extension", "L'éditeur a demandé un délai : répondez-lui d'abord.", "le support")


@guard
def two_reminders_were_sent(candidature: Candidature) -> Iterator[Refusal]:
    """Deux rappels ont été réellement envoyés depuis la demande."""
    sent = Letter.objects.filter(
        subject_ref=candidature.reference,
        kind="reminder",
        sent_at__isnull=False,
        written_at__gte=candidature.stage_since,
    )
    if sent.values("event").distinct().count() < 2:
        yield Refusal("reminders", "Deux rappels doivent avoir été envoyés avant de constater la caducité.")


@guard_on(ActKind.WITHDRAWAL)
def withdrawal_has_a_motive(candidature: Candidature) -> Iterator[Refusal]:
    """Le retrait dit pourquoi."""
    payload = acts.latest(candidature, ActKind.WITHDRAWAL)
    if not payload or not payload["motive"].strip():
        yield Refusal("motive", "Dites en une phrase pourquoi vous retirez la candidature.", TYPE_EDITOR)


@guard_on(ActKind.ADJOURNMENT)
def adjournment_has_a_motive(candidature: Candidature) -> Iterator[Refusal]:
    """L'ajournement dit pourquoi."""
    payload = acts.latest(candidature, ActKind.ADJOURNMENT)
    if not payload or not payload["motive"].strip():
        yield Refusal("motive", "Écrivez le motif de l'ajournement.", "le secrétariat")
