"""Candidatures brought to a stage through the services that people use, never by writing a stage.

Each function plays what comes before it: `play.submitted(alice, version)` answers everything then files.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from evaluation.assignments import assign
from evaluation.grid import grid
from evaluation.judging import judge
from evaluation.reports import conclude, draft_of, save_draft
from evaluation.values import Value
from questionnaires import sheets, vault
from questionnaires.models import Answer, ExpectedProof, Version
from referencing import filing
from referencing.models import Candidature
from referencing.opening import open_for

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
    """A draft whose orientation is done."""
    organisation = editor.memberships.get().organisation
    candidature = open_for(
        actor=editor, organisation=organisation, version=version, name=name, purpose="Un carnet.", declinations=["ios"]
    )
    sheets.answer_orientation(candidature.sheet, SIMPLE if facts is None else facts, editor)
    return candidature


def answered(editor: User, version: Version, **options: object) -> Candidature:
    """A draft with every applicable criterion answered and proven: ready to file."""
    candidature = draft(editor, version, **options)  # type: ignore[arg-type]
    answer_all(candidature, editor)
    return candidature


def answer_all(candidature: Candidature, editor: User) -> None:
    proof = vault.deposit(
        candidature.organisation, a_file(), title="Preuve", kind=ExpectedProof.Kind.DOCUMENT, user=editor
    )
    for item in sheets.overview(candidature.sheet).items:
        if item.may_change:
            sheets.save_answer(
                candidature.sheet,
                item.criterion,
                value=Answer.Value.MET,
                comment="C'est en place.",
                edition=item.edition,
                user=editor,
            )
            sheets.attach(candidature.sheet, item.criterion, proof, editor)


def submitted(editor: User, version: Version, **options: object) -> Candidature:
    candidature = answered(editor, version, **options)
    return filing.submit(candidature, actor=editor)


def in_evaluation(editor: User, version: Version, support: User, **options: object) -> Candidature:
    return filing.admit(submitted(editor, version, **options), actor=support)


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
