"""Candidatures brought to a stage through the services that people use, never by writing a stage.

Each function plays what comes before it: `play.submitted(alice, version)` answers everything then files.
"""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from catalogue.fiches import draft_of as fiche_of
from catalogue.fiches import exchanges_data, publish, save_fiche
from catalogue.models import FicheDraft
from evaluation.assignments import propose
from evaluation.grid import grid
from evaluation.invitations import accept
from evaluation.judging import judge
from evaluation.models import Assignment
from evaluation.reports import conclude, draft_of, save_draft
from evaluation.values import Value
from exchange.models import Milestone, TestReport
from exchange.services import accept_test_book, deposit_test_book, deposit_unit_tests
from questionnaires import sheets, vault
from questionnaires.models import Answer, ExpectedProof, Version
from referencing import decisions, filing
from referencing.door import file_act, move
from referencing.kinds import ActKind
from referencing.models import Candidature, Convention, Signature
from referencing.opening import open_for
from referencing.tracks import declared_apis
from tests.certificates import certify_as_declared, check_all

SIMPLE = {
    "type_solution": ["ios"],
    "donnees_sante": True,
    "hebergement_externe": True,
    "dispositif_medical": False,
    "teleconsultation": False,
    "api_mesures": False,
    "api_documents": False,
    "api_agenda": False,
}
EXCHANGE = SIMPLE | {"api_mesures": True}


def a_file(name: str = "preuve.txt", content: bytes = b"Preuve deposee pour le test.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/plain")


def draft(
    editor: User, version: Version, *, facts: dict[str, object] | None = None, name: str = "Glyco"
) -> Candidature:
    """A draft whose orientation is done, with the certificates that it declares."""
    organisation = editor.memberships.get().organisation
    candidature = open_for(
        actor=editor, organisation=organisation, version=version, name=name, purpose="Un carnet.", declinations=["ios"]
    )
    sheets.answer_orientation(candidature.sheet, SIMPLE if facts is None else facts, editor)
    certify_as_declared(candidature.sheet, organisation, editor)
    return candidature


def answered(editor: User, version: Version, **options: object) -> Candidature:
    """A draft with every applicable criterion answered and proven: ready to file."""
    candidature = draft(editor, version, **options)  # type: ignore[arg-type]
    answer_all(candidature, editor)
    return candidature


def answer_all(candidature: Candidature, editor: User, *, comment: str = "C'est en place.") -> None:
    proof = vault.deposit(
        candidature.organisation, a_file(), title="Preuve", kind=ExpectedProof.Kind.DOCUMENT, user=editor
    )
    for item in sheets.overview(candidature.sheet).items:
        if item.may_change:
            sheets.save_answer(
                candidature.sheet,
                item.criterion,
                value=Answer.Value.MET,
                comment=comment,
                edition=item.edition,
                user=editor,
            )
            sheets.attach(candidature.sheet, item.criterion, proof, editor)


def unit_tested(candidature: Candidature, editor: User) -> TestReport:
    """Deposit the unit tests of every API declared."""
    return deposit_unit_tests(
        candidature,
        apis=declared_apis(candidature.sheet.facts),
        summary="Charges utiles conformes aux profils.",
        upload=a_file("tests-unitaires.txt", b"42 tests, 42 reussis."),
        actor=editor,
    )


def submitted(editor: User, version: Version, **options: object) -> Candidature:
    candidature = answered(editor, version, **options)
    if declared_apis(candidature.sheet.facts):
        unit_tested(candidature, editor)
    return filing.submit(candidature, actor=editor)


def in_evaluation(editor: User, version: Version, support: User, **options: object) -> Candidature:
    candidature = submitted(editor, version, **options)
    check_all(candidature.sheet, support)
    return filing.admit(candidature, actor=support)


def assign(candidature: Candidature, expert: User, **options: object) -> Assignment:
    """Propose a candidature to an expert, who accepts and declares no interest."""
    made = propose(candidature, expert, **options)  # type: ignore[arg-type]
    return made if made.is_active else accept(made)


def assigned(editor: User, version: Version, support: User, lead: User, **options: object) -> Candidature:
    """In evaluation, with an expert who leads it and may judge everything."""
    candidature = in_evaluation(editor, version, support, **options)
    assign(candidature, lead, actor=support, lead=True)
    return candidature


def judge_all(candidature: Candidature, expert: User, *, value: str = Value.MET, motive: str = "") -> None:
    """Judge what is left of the criteria entrusted to an expert, all alike."""
    whole = grid(candidature)
    for line in whole.entrusted_to(whole.assignment_of(expert)):
        if line.is_left:
            judge(candidature, line.code, value=value, motive=motive, edition=line.edition, expert=expert)


def evaluated(editor: User, version: Version, support: User, lead: User, **options: object) -> Candidature:
    """Every criterion judged « Conforme », the report handed in."""
    candidature = assigned(editor, version, support, lead, **options)
    judge_all(candidature, lead)
    save_draft(
        candidature,
        synthesis="Le service répond aux exigences du référentiel.",
        recommendation="Avis favorable.",
        edition=draft_of(candidature).edition,
        actor=lead,
    )
    return conclude(candidature, actor=lead)


def final_tested(candidature: Candidature, editor: User, support: User) -> None:
    """Deposit the two other reports, accepted one after the other."""
    for milestone in (Milestone.END_TO_END, Milestone.CONNECTION):
        upload = a_file(f"{milestone.value}.txt", f"Jalon {milestone.value} : tout est vert.".encode())
        report = deposit_test_book(candidature, milestone, summary="Tout est vert.", upload=upload, actor=editor)
        accept_test_book(report, actor=support)


def in_commission(editor: User, version: Version, support: User, lead: User, **options: object) -> Candidature:
    """On an ordre du jour, the dossier sealed. The séance itself is played in tests/sittings.py."""
    candidature = evaluated(editor, version, support, lead, **options)
    if declared_apis(candidature.sheet.facts):
        final_tested(candidature, editor, support)
    sealed = {"sha256": "0" * 64, "pages": 1, "attachments": [], "journal_head": "0" * 64}
    file_act(candidature, ActKind.DOSSIER, actor=None, payload=sealed)
    day = timezone.localdate().isoformat()
    return move(candidature, "schedule", actor=support, payload={"seance": "2026-01", "date": day})


def opinion_given(
    editor: User,
    version: Version,
    support: User,
    lead: User,
    secretary: User,
    *,
    opinion: str = "favourable",
    reserves: tuple[dict[str, object], ...] = (),
    **options: object,
) -> Candidature:
    candidature = in_commission(editor, version, support, lead, **options)
    payload = {"opinion": opinion, "reserves": list(reserves), "tally": {}, "seance": "2026-01"}
    return move(candidature, "give_opinion", actor=secretary, payload=payload)


def decided(candidature: Candidature, outcome: str, ministry: tuple[User, User]) -> Candidature:
    """Prepared by the first, signed by the second."""
    prepares, signs = ministry
    decisions.prepare(
        candidature,
        outcome=outcome,
        grounds_law="Articles R. 1111-37 et R. 1111-38 du code de la santé publique.",
        grounds_fact="Le rapport et l'avis établissent la conformité du service.",
        actor=prepares,
    )
    return decisions.sign(candidature, actor=signs)


def accepted(
    editor: User,
    version: Version,
    support: User,
    lead: User,
    secretary: User,
    ministry: tuple[User, User],
    **options: object,
) -> Candidature:
    return decided(opinion_given(editor, version, support, lead, secretary, **options), "accept", ministry)  # type: ignore[arg-type]


def agreed(candidature: Candidature, support: User) -> Convention:
    """The convention, with its three signatures."""
    today = timezone.localdate()
    convention = decisions.draw_up_convention(
        candidature, starts_on=today, months=12, data_categories="", actor=support
    )
    for party in Signature.Party:
        decisions.record_signature(
            convention, party=party, name="Camille Roy", quality="représentante", signed_on=today, actor=support
        )
    return convention


FICHE = {
    "description": "Suivez votre glycémie au quotidien.",
    "long_description": "Un carnet pour les personnes diabétiques.\n\nIl se remplit en deux gestes.",
    "economic_model": "GRATUIT",
    "thematics": ["PREVENTION_INFO"],
    "web_url": "https://glyco.example.fr/",
    "cgu_url": "https://glyco.example.fr/cgu",
}


def fiche_written(candidature: Candidature, actor: User, **fields: object) -> FicheDraft:
    """A whole fiche; `fields` change or complete it."""
    finalities = (
        {"finalities": "Ajouter ma glycémie, pour la montrer à mon médecin"} if exchanges_data(candidature) else {}
    )
    return save_fiche(
        candidature, actor=actor, edition=fiche_of(candidature).edition, **{**FICHE, **finalities, **fields}
    )


def published(
    editor: User,
    version: Version,
    support: User,
    lead: User,
    secretary: User,
    ministry: tuple[User, User],
    *,
    fiche: dict[str, object] | None = None,
    **options: object,
) -> Candidature:
    """Published; the public page opens when the outbox is drained, or by `open_entry`."""
    candidature = accepted(editor, version, support, lead, secretary, ministry, **options)
    agreed(candidature, support)
    fiche_written(candidature, editor, **(fiche or {}))
    return publish(candidature, actor=support, edition=fiche_of(candidature).edition)
