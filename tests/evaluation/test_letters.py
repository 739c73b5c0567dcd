"""The expert is told what they are entrusted with, once."""

import pytest

from accounts.models import User
from evaluation.assignments import unassign
from evaluation.letters import tell_assigned
from evaluation.models import Assignment
from journal.models import Event, Letter
from referencing.models import Candidature
from tests import play


@pytest.fixture
def event(file: Candidature, eva: User, sophie: User) -> Event:
    play.assign(file, eva, actor=sophie, domains=["administratif"])
    return Event.objects.filter(kind="evaluation.accepted").latest("seq")


def test_it_names_the_file_the_questionnaires_and_the_page(event: Event, eva: User, file: Candidature):
    tell_assigned(event.seq)
    letter = Letter.objects.get()
    assert (letter.recipient, letter.title) == (eva, f"À évaluer : candidature {file.reference}")
    assert "- Dossier administratif\n" in letter.body
    assert "Sécurité" not in letter.body
    assert "coordonnez" not in letter.body
    assert letter.url.endswith(f"/candidatures/{file.reference}/evaluation/")


def test_the_lead_is_told_that_they_lead(file: Candidature, emile: User):
    tell_assigned(Event.objects.get(kind="evaluation.accepted").seq)
    assert "Vous coordonnez l'évaluation" in Letter.objects.get(recipient=emile).body


def test_it_is_written_once(event: Event):
    tell_assigned(event.seq)
    tell_assigned(event.seq)
    assert Letter.objects.count() == 1


def test_nothing_is_written_to_who_was_taken_off_meanwhile(event: Event, eva: User, sophie: User):
    unassign(Assignment.objects.get(expert=eva), actor=sophie)
    tell_assigned(event.seq)
    assert Letter.objects.count() == 0
