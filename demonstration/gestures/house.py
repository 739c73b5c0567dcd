"""Gestures of support, of the experts and of the ministry."""

from datetime import timedelta

from django.utils import timezone

from accounts.roles import Role
from catalogue import fiches
from demonstration import judgements
from demonstration.stories import Story
from demonstration.troupe import Troupe
from evaluation import judging, reports
from evaluation.grid import grid
from exchange.models import TestReport
from exchange.services import accept_test_book
from referencing import decisions, filing
from referencing.kinds import Outcome, Party
from referencing.models import Convention
from referencing.stages import Stage


def admit(troupe: Troupe, story: Story) -> None:
    filing.admit(troupe.of(story), actor=troupe.playing(Role.SUPPORT))


def ask_missing(troupe: Troupe, story: Story) -> None:
    missing = [
        {"what": "Mandat de la personne habilitée, signé par le représentant légal", "basis": "critère ADM-01"},
        {"what": "Tableau des versions couvertes, à jour de la version iOS 4", "basis": "critère ADM-08"},
    ]
    deadline = timezone.localdate() + timedelta(days=21)
    filing.declare_incomplete(troupe.of(story), missing=missing, deadline=deadline, actor=troupe.playing(Role.SUPPORT))


def refuse_to_examine(troupe: Troupe, story: Story) -> None:
    grounds = (
        "En droit : le référencement concerne les services destinés aux particuliers (code de la santé publique, "
        "art. L. 1111-13-1).\nEn fait : le service est réservé aux professionnels d'un cabinet et n'est pas ouvert au public."
    )
    filing.declare_inadmissible(troupe.of(story), grounds=grounds, actor=troupe.playing(Role.SUPPORT))


def judge_everything(troupe: Troupe, story: Story) -> None:
    _judge(troupe, story, share=1.0)


def judge_half(troupe: Troupe, story: Story) -> None:
    """Leave the rest to whoever plays the expert."""
    _judge(troupe, story, share=0.5)


def conclude(troupe: Troupe, story: Story) -> None:
    candidature, lead = troupe.of(story), troupe.playing(Role.EXPERT)
    reports.save_draft(
        candidature,
        synthesis=judgements.synthesis_for(story),
        recommendation=judgements.recommendation_for(story),
        edition=0,
        actor=lead,
    )
    reports.conclude(candidature, actor=lead)


def accept_tests(troupe: Troupe, story: Story) -> None:
    """Accept the latest deposit of a milestone."""
    report = TestReport.objects.filter(candidature=troupe.of(story)).order_by("-pk").first()
    if report is not None:
        accept_test_book(report, actor=troupe.playing(Role.SUPPORT))


def prepare_decision(troupe: Troupe, story: Story) -> None:
    law, fact = judgements.grounds_for(story)
    outcome = Outcome.REJECT if story.ends == Stage.REJECTED else Outcome.ACCEPT
    decisions.prepare(
        troupe.of(story), outcome=outcome, grounds_law=law, grounds_fact=fact, actor=troupe.playing(Role.MINISTRY)
    )


def sign_decision(troupe: Troupe, story: Story) -> None:
    decisions.sign(troupe.of(story), actor=troupe.playing(Role.MINISTRY, 1))


def draw_up_convention(troupe: Troupe, story: Story) -> None:
    decisions.draw_up_convention(
        troupe.of(story),
        starts_on=timezone.localdate() + timedelta(days=3),
        months=decisions.default_months(),
        data_categories="Documents de vaccination, en lecture et en écriture, avec l'accord exprès du titulaire.",
        actor=troupe.playing(Role.SUPPORT),
    )


def sign_convention(troupe: Troupe, story: Story) -> None:
    """The three parties sign on the same day."""
    terms = Convention.objects.get(candidature=troupe.of(story))
    editor, minister = troupe.editor(story), troupe.playing(Role.MINISTRY, 1)
    signatories = (
        (Party.EDITOR, str(editor), editor.quality),
        (Party.MINISTER, str(minister), minister.quality),
        (Party.CNAM, "Antoine Brissac", "directeur délégué, par délégation"),
    )
    for party, name, quality in signatories:
        decisions.record_signature(
            terms,
            party=party,
            name=name,
            quality=quality,
            signed_on=timezone.localdate(),
            actor=troupe.playing(Role.SUPPORT),
        )


def write_fiche(troupe: Troupe, story: Story) -> None:
    site = f"https://{story.key}.example"
    fiches.save_fiche(
        troupe.of(story),
        actor=troupe.editor(story),
        edition=0,
        name=story.name,
        description=story.purpose.partition(".")[0][:160],
        long_description=f"{story.purpose}\n\n{judgements.presentation_of(story)}",
        web_url=site,
        ios_url=f"{site}/ios" if "ios" in story.declinations else "",
        android_url=f"{site}/android" if "android" in story.declinations else "",
        cgu_url=f"{site}/cgu",
        economic_model="GRATUIT",
        consumer_device=True,
        thematics=list(story.thematics),
        finalities="\n".join(story.finalities),
    )


def publish(troupe: Troupe, story: Story) -> None:
    candidature = troupe.of(story)
    edition = fiches.draft_of(candidature).edition
    fiches.publish(candidature, actor=troupe.playing(Role.SUPPORT), edition=edition)


def _judge(troupe: Troupe, story: Story, *, share: float) -> None:
    candidature, lead = troupe.of(story), troupe.playing(Role.EXPERT)
    whole = grid(candidature)
    lines = [line for line in whole.entrusted_to(whole.assignment_of(lead)) if line.is_left]
    for line in lines[: int(len(lines) * share)]:
        value, motive, expected = judgements.verdict_for(story, line.code, candidature.round)
        judging.judge(
            candidature, line.code, value=value, motive=motive, expected=expected, edition=line.edition, expert=lead
        )
