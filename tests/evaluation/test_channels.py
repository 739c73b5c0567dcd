"""What an expert sees of a candidature, by every entrance and every letter, according to where they stand with it."""

from collections.abc import Callable

import pytest
from django.core import mail

from accounts.models import User
from evaluation.assignments import propose, unassign
from evaluation.invitations import accept, decline, recuse
from evaluation.models import Assignment
from evaluation.profiles import declare_interest
from journal.models import Letter
from questionnaires.models import Version
from referencing import access
from referencing.models import Candidature
from tests import play
from tests.client import HouseClient
from tests.entrances.resolver import address, entrances
from tests.entrances.scenes import People, addresses, gather

TITLE = "Zygomatique"
# Signing out ends the visit, and a link to sign in by post is nobody's.
LEFT_ALONE = {"account_logout"}
Play = Callable[[Assignment, User], object]


def _interest(one: Assignment, support: User) -> None:
    organisation = one.candidature.organisation
    fields = {"name": organisation.name, "siren": organisation.siren, "nature": "service", "since": "2020-01-01"}
    declare_interest(one.expert, **fields)


# Where the expert stands → how they came there, and whether they had opened the file before.
STANDINGS: dict[str, tuple[bool, Play]] = {
    "declined": (False, lambda one, support: decline(one, motive="Trop de dossiers.")),
    "recused before seeing": (False, lambda one, support: recuse(one, interest="Un ami y travaille.")),
    "recused after seeing": (True, lambda one, support: recuse(one, interest="Un ami y travaille.")),
    "recused by an interest declared on their profile": (True, _interest),
    "proposition taken back": (False, lambda one, support: unassign(one, actor=support)),
    "unassigned": (True, lambda one, support: unassign(one, actor=support)),
}


@pytest.fixture
def people(db: None) -> People:
    return gather()[0]


@pytest.fixture
def file(people: People, simple_version: Version) -> Candidature:
    """In evaluation, led by somebody else."""
    return play.assigned(people.mandated, simple_version, people.support, people.lead, name=TITLE)


@pytest.fixture
def invited(file: Candidature, people: People) -> Assignment:
    return propose(file, people.expert, actor=people.support, domains=["securite"])


def seen_by(people: People, file: Candidature, **more: object) -> dict[str, int]:
    """Ask for every entrance as the expert; return the status of those that show the title."""
    client, values = HouseClient.of(people.expert), addresses(file, people) | more
    found = {}
    for name in sorted(set(entrances()) - LEFT_ALONE):
        if any(values.get(f"{name}:{key}", values.get(key)) is None for key in entrances()[name]):
            continue
        answer = client.get(address(name, values))
        body = answer.getvalue() if answer.streaming else answer.content
        if TITLE.encode() in body or answer.headers["Content-Type"].startswith(("application/pdf", "image/")):
            found[name] = answer.status_code
    for letter in Letter.objects.filter(recipient=people.expert):
        if TITLE in client.get(f"/courriers/{letter.pk}/").text:
            found[f"letter {letter.kind}"] = 200
    return found


def test_before_answering_the_title_is_seen_on_ones_own_pages_alone(
    invited: Assignment, people: People, file: Candidature, drain: Callable[[], int]
):
    drain()
    pages = {"evaluation:mine": 200, "evaluation:invitation": 200}
    assert seen_by(people, file, **{"evaluation:invitation:pk": invited.pk}) == pages
    sent = [message for message in mail.outbox if message.to == [people.expert.email]]
    assert [message.subject for message in sent] == [f"Une évaluation vous est proposée : {file.reference}"]
    assert not any(TITLE in message.body or "Glyco" in message.body for message in sent)


def test_once_accepted_the_file_is_open(invited: Assignment, people: People, file: Candidature):
    accept(invited)
    opened = seen_by(people, file)
    assert {"referencing:show", "evaluation:grid", "evaluation:judge", "evaluation:mine"} <= set(opened)
    assert "evaluation:invitation" not in opened
    assert set(opened.values()) == {200}


@pytest.mark.parametrize("standing", STANDINGS)
def test_who_is_off_a_file_gets_no_title_through_any_entrance_nor_letter(
    standing: str, invited: Assignment, people: People, file: Candidature, drain: Callable[[], int]
):
    had_opened, leave = STANDINGS[standing]
    if had_opened:
        accept(invited)
    drain()
    number, before = invited.pk, len(mail.outbox)
    leave(Assignment.objects.select_related("candidature", "expert").get(pk=number), people.support)
    drain()
    assert seen_by(people, file, **{"evaluation:invitation:pk": number}) == {}
    assert list(access.visible_to(User.objects.get(pk=people.expert.pk))) == []
    after = [message for message in mail.outbox[before:] if message.to == [people.expert.email]]
    assert not any(TITLE in f"{message.subject}{message.body}" for message in after)


def test_a_letter_that_waits_does_not_leave_for_who_was_taken_off_meanwhile(
    invited: Assignment, people: People, file: Candidature, drain: Callable[[], int], settings: object
):
    accept(invited)
    settings.EMAIL_BACKEND = "tests.evaluation.closed_post.ClosedPost"  # type: ignore[attr-defined]
    drain()
    waiting = Letter.objects.get(recipient=people.expert, kind="assigned")
    assert (waiting.sent_at, TITLE in waiting.body) == (None, True)
    unassign(invited, actor=people.support)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    Letter.objects.update(next_try_at=waiting.written_at)
    drain()
    subjects = [message.subject for message in mail.outbox if message.to == [people.expert.email]]
    assert subjects == [f"Vous n'évaluez plus la candidature {file.reference}"]
    assert HouseClient.of(people.expert).get(f"/courriers/{waiting.pk}/").status_code == 404
