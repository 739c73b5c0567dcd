"""Gestures of the éditeurs."""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.roles import Profile
from demonstration import proofs
from demonstration.answers import answer_for
from demonstration.orientation import facts_for
from demonstration.proofs import ProofFile
from demonstration.stories import Story
from demonstration.troupe import Troupe
from exchange.models import Milestone
from exchange.services import deposit_test_book, deposit_unit_tests
from questionnaires import sheets, vault
from questionnaires.models import EvidenceRevision, Version
from questionnaires.sheets import Item
from referencing import filing
from referencing.models import Candidature
from referencing.opening import open_for
from referencing.tracks import declared_apis
from teams.invitations import invite

ALMOST = 0.8  # how much of a draft is filled when the demonstration leaves it


def open_draft(troupe: Troupe, story: Story) -> None:
    """Open the candidature and answer the orientation."""
    editor = troupe.editor(story)
    candidature = open_for(
        actor=editor,
        organisation=troupe.organisations[story.company.name],
        version=Version.objects.get(code=story.version),
        name=story.name,
        purpose=story.purpose,
        declinations=list(story.declinations),
    )
    troupe.candidatures[story.key] = candidature
    sheets.answer_orientation(candidature.sheet, facts_for(story, candidature.sheet), editor)


def answer_everything(troupe: Troupe, story: Story) -> None:
    """Answer every applicable criterion, with its proofs."""
    candidature = troupe.of(story)
    for item in _open_items(candidature):
        _answer(troupe, story, candidature, item)


def answer_most(troupe: Troupe, story: Story) -> None:
    """Leave the last criteria for the person who tries the demonstration."""
    candidature = troupe.of(story)
    items = _open_items(candidature)
    for item in items[: int(len(items) * ALMOST)]:
        _answer(troupe, story, candidature, item)


def deposit_unit_report(troupe: Troupe, story: Story) -> None:
    candidature = troupe.of(story)
    report = proofs.unit_test_report(story)
    deposit_unit_tests(
        candidature,
        apis=sorted(declared_apis(candidature.sheet.facts)),
        summary="Toutes les charges utiles sont conformes aux profils téléchargés.",
        upload=SimpleUploadedFile(report.name, report.content),
        actor=troupe.editor(story),
    )


def deposit_end_to_end(troupe: Troupe, story: Story) -> None:
    _deposit(
        troupe, story, Milestone.END_TO_END, "Appariement, écritures, lectures et erreurs éprouvés de bout en bout."
    )


def deposit_connection(troupe: Troupe, story: Story) -> None:
    _deposit(troupe, story, Milestone.CONNECTION, "Cahier de tests final rempli avec l'équipe Mon espace santé.")


def invite_a_dpo(troupe: Troupe, story: Story) -> None:
    """Leave an invitation without an answer: one may take it back, send it again, or accept it."""
    organisation = troupe.organisations[story.company.name]
    profiles = [str(Profile.JUR.value)]
    invite(organisation, troupe.invited().email, profiles=profiles, mandated=False, actor=troupe.editor(story))


def submit(troupe: Troupe, story: Story) -> None:
    filing.submit(troupe.of(story), actor=troupe.editor(story))


def answer_complements(troupe: Troupe, story: Story) -> None:
    """Answer the criteria that were reopened, then send them back."""
    candidature = troupe.of(story)
    editor = troupe.editor(story)
    for item in _open_items(candidature):
        comment = f"{item.answer.comment if item.answer else ''}\nComplément : la pièce demandée est jointe et datée."
        sheets.save_answer(
            candidature.sheet, item.criterion, value="met", comment=comment, edition=item.edition, user=editor
        )
    filing.return_complements(candidature, actor=editor)


def withdraw(troupe: Troupe, story: Story) -> None:
    motive = "Nous regroupons ce service avec MamanSuivi : une seule candidature suffira."
    filing.withdraw(troupe.of(story), motive=motive, actor=troupe.editor(story))


def _open_items(candidature: Candidature) -> list[Item]:
    return [item for item in sheets.overview(candidature.sheet).items if item.may_change]


def _answer(troupe: Troupe, story: Story, candidature: Candidature, item: Item) -> None:
    editor = troupe.editor(story)
    said = answer_for(story, item)
    sheets.save_answer(
        candidature.sheet,
        item.criterion,
        value=said.value,
        comment=said.comment,
        edition=item.edition,
        user=editor,
        na_reason=said.na_reason,
    )
    for proof in proofs.proofs_for(story, item) if said.needs_proof else ():
        if proof.name not in troupe.proofs:
            troupe.proofs[proof.name] = _keep(candidature, proof, editor)
        sheets.attach(candidature.sheet, item.criterion, troupe.proofs[proof.name], editor, proof.note)


def _keep(candidature: Candidature, proof: ProofFile, editor: User) -> EvidenceRevision:
    """Deposit a proof in the vault of the éditeur: once, for all the criteria that it serves."""
    content = ContentFile(proof.content, name=proof.name)
    return vault.deposit(candidature.organisation, content, title=proof.title, kind=proof.kind, user=editor)


def _deposit(troupe: Troupe, story: Story, milestone: Milestone, summary: str) -> None:
    book = proofs.test_book(story)
    upload = SimpleUploadedFile(book.name, book.content)
    deposit_test_book(troupe.of(story), milestone, summary=summary, upload=upload, actor=troupe.editor(story))
