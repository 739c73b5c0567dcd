"""The moments at which every entrance is tried: one candidature at a stage, and what its addresses need."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import Organisation, User
from accounts.roles import Role
from catalogue.models import Entry
from catalogue.reactions import open_entry
from commission.agenda import put_on_agenda
from commission.models import AgendaItem, Member, Seance
from commission.reactions import print_minutes
from commission.sittings import close_seance
from commission.voting import open_poll
from conversation import templating, thread
from conversation.models import Attachment, MessageTemplate, Side
from evaluation import drafting
from evaluation.assignments import propose
from evaluation.models import Assignment, RequestFile
from evaluation.reports import save_draft
from evaluation.values import Value
from exchange.models import Milestone, TestReport
from exchange.services import deposit_test_book
from journal.models import Event
from questionnaires.loader import load
from questionnaires.models import EvidenceUse, Version
from referencing import acts, discussions, extensions
from referencing.kinds import ActKind
from referencing.models import Candidature
from referencing.working_days import next_working_day
from teams.invitations import invite
from teams.models import Invitation
from teams.tokens import token_of
from tests import cast, play, sittings
from tests.certificates import check_all
from tests.evaluation import steps
from tests.fixtures.referentials import DATA


@dataclass
class People:
    """Who knocks at the door. `anonymous` is nobody."""

    glyco: Organisation
    by_name: dict[str, User | None] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        user = self.by_name[name]
        assert user is not None
        return user


# The columns of the table, in order.
NAMES = (
    "anonymous",
    "stranger",
    "colleague",
    "mandated",
    "lead",
    "expert",
    "member",
    "secretary",
    "support",
    "ministry",
    "auditor",
)


def gather() -> tuple[People, list[User]]:
    glyco, concurrent = cast.glyco(), cast.concurrent()
    members = cast.members()
    people = People(glyco)
    people.by_name = {
        "anonymous": None,
        "stranger": cast.charlie(concurrent),
        "colleague": cast.bob(glyco),
        "mandated": cast.alice(glyco),
        "lead": cast.staff(Role.EXPERT, "emile", "Émile Roux"),
        "expert": cast.staff(Role.EXPERT, "eva", "Eva Noël"),
        "member": members[0],
        "secretary": cast.staff(Role.SECRETARY, "simone", "Simone Girard"),
        "support": cast.staff(Role.SUPPORT, "sophie", "Sophie Bernard"),
        "ministry": cast.staff(Role.MINISTRY, "marc", "Marc Lefèvre"),
        "signatory": cast.staff(Role.MINISTRY, "mona", "Mona Faure"),
        "auditor": cast.staff(Role.AUDITOR, "aude", "Aude Mercier"),
    }
    for user in User.objects.all():  # allauth would make these rows the first time a page is read
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return people, members


def draft(people: People, members: list[User], version: Version) -> Candidature:
    candidature = play.draft(people.mandated, version, facts=play.EXCHANGE)
    play.unit_tested(candidature, people.mandated)
    play.answer_all(candidature, people.mandated)
    asked = candidature.sheet.version.criteria.get(code="ADM-02")
    discussions.say(candidature, asked, "@Bob Durand, relis.", author=people.mandated)
    invite(people.glyco, "invitee@exemple.fr", profiles=["JUR"], mandated=False, actor=people.mandated)
    return candidature


def submitted(people: People, members: list[User], version: Version) -> Candidature:
    """On a dedicated track, its certificate checked; the éditeur has written to the support, with a file."""
    certified = play.SIMPLE | {"dispositif_medical": True, "dmn_certifie": True}
    candidature = play.submitted(people.mandated, version, facts=certified)
    check_all(candidature.sheet, people.support)
    thread.say(candidature, "Voici.", author=people.mandated, side=Side.EDITOR, files=[play.a_file()])
    templating.save(None, title="Relance", body="Bonjour.", is_offered=True, edition=0, actor=people.support)
    return candidature


def evaluation(people: People, members: list[User], version: Version) -> Candidature:
    """Led by one expert; another has not answered the proposition made to them. The report is begun: it has a version."""
    candidature = play.assigned(people.mandated, version, people.support, people.lead)
    propose(candidature, people.expert, actor=people.support, domains=["securite"])
    save_draft(candidature, synthesis="Commencée.", recommendation="", edition=0, actor=people.lead)
    return candidature


def double(people: People, members: list[User], version: Version) -> Candidature:
    """Two experts have judged URB-HEB-01 and differ; one of the two has judged SEC-GOV-01."""
    candidature = play.assigned(people.mandated, load(DATA / "double"), people.support, people.lead)
    play.assign(candidature, people.expert, actor=people.support)
    steps.say(candidature, "URB-HEB-01", people.lead, Value.NOT_MET, motive="Échu.")
    steps.say(candidature, "URB-HEB-01", people.expert)
    steps.say(candidature, "SEC-GOV-01", people.expert)
    return candidature


def complements(people: People, members: list[User], version: Version) -> Candidature:
    """A complement is asked for on ADM-02, with a file, and more time for it; a test report waits to be examined."""
    candidature = play.assigned(people.mandated, version, people.support, people.lead, facts=play.EXCHANGE)
    deposit_test_book(
        candidature, Milestone.END_TO_END, summary="Tout est vert.", upload=play.a_file(), actor=people.mandated
    )
    steps.ask(candidature, "ADM-02", people.lead)
    joined = [play.a_file("modele.txt")]
    drafting.save(candidature, deadline=steps.soon(), message="", edition=0, joined=joined, actor=people.lead)
    asked = steps.send(candidature, people.lead)
    until = next_working_day(steps.soon() + timedelta(days=7))
    extensions.ask(asked, until=until, motive="Notre prestataire est en congé.", actor=people.colleague)
    return asked


def agenda(people: People, members: list[User], version: Version) -> Candidature:
    """On the ordre du jour of a séance that is not convened."""
    sittings.nine(members)
    candidature = sittings.ready(people.mandated, version, people.support)
    put_on_agenda(sittings.planned(people.secretary), candidature, actor=people.support)
    return candidature


def commission(people: People, members: list[User], version: Version) -> Candidature:
    sittings.nine(members)
    candidature = sittings.ready(people.mandated, version, people.support)
    sittings.convened([candidature], support=people.support, secretary=people.secretary)
    return candidature


def voting(people: People, members: list[User], version: Version) -> Candidature:
    """The séance runs, the item is examined, a vote is open."""
    candidature = commission(people, members, version)
    open_poll(_examined(people), proposition="favourable", reserves=(), actor=people.secretary)
    return candidature


def closed(people: People, members: list[User], version: Version) -> Candidature:
    """The avis is given, the séance closed, its procès-verbal printed."""
    commission(people, members, version)
    item = _examined(people)
    sittings.voted(item, "PPPPPPP", secretary=people.secretary)
    candidature = sittings.concluded(item, secretary=people.secretary)
    close_seance(item.seance, actor=people.secretary)
    print_minutes(Event.objects.get(kind="seance.closed").seq)
    return candidature


def _examined(people: People) -> AgendaItem:
    seance, sitting = Seance.objects.get(), list(Member.objects.all())
    sittings.roll(seance, sitting, "P P P P P D M1 E A", secretary=people.secretary)
    running = sittings.opened(seance, sitting[0], secretary=people.secretary)
    return sittings.examined(running, secretary=people.secretary)


def opinion(people: People, members: list[User], version: Version) -> Candidature:
    return play.opinion_given(people.mandated, version, people.support, people.lead, people.secretary)


def accepted(people: People, members: list[User], version: Version) -> Candidature:
    ministry = (people.ministry, people.signatory)
    return play.accepted(people.mandated, version, people.support, people.lead, people.secretary, ministry)


def published(people: People, members: list[User], version: Version) -> Candidature:
    ministry = (people.ministry, people.signatory)
    candidature = play.published(people.mandated, version, people.support, people.lead, people.secretary, ministry)
    open_entry(Event.objects.get(kind="candidature.publish").seq)
    return candidature


SCENES: dict[str, Callable[[People, list[User], Version], Candidature]] = {
    "draft": draft,
    "submitted": submitted,
    "evaluation": evaluation,
    "double": double,
    "complements": complements,
    "agenda": agenda,
    "commission": commission,
    "voting": voting,
    "closed": closed,
    "opinion": opinion,
    "accepted": accepted,
    "published": published,
}

# Pages of a published version, whose address bears its code.
REFERENTIAL_PAGES = ("version", "questionnaire", "texts", "spreadsheet", "openness")


def addresses(candidature: Candidature, people: People) -> dict[str, Any]:
    """Return every value an address of this candidature may need."""
    use = EvidenceUse.objects.filter(answer__sheet=candidature.sheet).select_related("revision").first()
    joined = RequestFile.objects.filter(candidature=candidature).first()
    report = TestReport.objects.filter(candidature=candidature).first()
    assignment = Assignment.objects.active().filter(candidature=candidature).first()
    waiting = Assignment.objects.proposed().filter(candidature=candidature).first()
    sent, template = Attachment.objects.first(), MessageTemplate.objects.first()
    entry, voice = Entry.objects.first(), Member.objects.filter(user=people.member).first()
    invitation = Invitation.objects.first()
    scheduled = acts.latest(candidature, ActKind.SCHEDULING) or {"seance": "2026-01"}
    return {
        "reference": candidature.reference,
        "code": "ADM-02",
        "evaluation:divergence:code": "URB-HEB-01",
        "evaluation:divergence_note:code": "URB-HEB-01",
        "evaluation:waive_second:code": "SEC-GOV-01",
        "step": 1,
        "rank": 1,
        "use": use.pk if use else 0,
        "public_id": use.revision.public_id if use else "00000000-0000-4000-8000-000000000000",
        "verb": "admit",
        "milestone": "unit",
        "report": report.pk if report else 0,
        "pk": assignment.pk if assignment else 0,
        "evaluation:invitation:pk": waiting.pk if waiting else 0,
        "number": scheduled["seance"],
        "version_number": 1,
        "order": 1,
        "voice": voice.pk if voice else 0,
        "referencing:questionnaire:code": "demande",
        **{f"referencing:{name}:kind": "dmn" for name in ("certificate", "uncertify", "check_certificate")},
        "referencing:section:code": "demande",
        "section": "administratif",
        "referencing:share_section:code": "demande",
        "referencing:service:pk": candidature.service_id,
        "teams:change_member:pk": people.colleague.memberships.get().pk,
        "teams:remove_member:pk": people.colleague.memberships.get().pk,
        "teams:send_again:pk": invitation.pk if invitation else 0,
        "teams:revoke:pk": invitation.pk if invitation else 0,
        "token": token_of(invitation.public_id) if invitation else "inconnu",
        "questionnaire": "demande",
        **{f"referentials:{name}:code": candidature.sheet.version.code for name in REFERENTIAL_PAGES},
        "siren": people.glyco.siren,
        "evidence": use.revision.evidence_id if use else 0,
        **{
            f"evaluation:{name}:public_id": joined.public_id if joined else "00000000-0000-4000-8000-000000000000"
            for name in ("request_file", "remove_request_file")
        },
        "referencing:upload:public_id": "00000000-0000-4000-8000-000000000000",
        "conversation:attachment:public_id": sent.public_id if sent else "00000000-0000-4000-8000-000000000000",
        "conversation:template:pk": template.pk if template else 0,
        "party": "editor",
        "kind": "xlsx",
        "instruction:retry:kind": "suite",
        "slug": entry.slug if entry else "inconnu",
    }
