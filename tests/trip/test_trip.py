"""One candidature from the first question to the public catalogue, by the hands of each person concerned."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from referencing.models import Candidature
from referencing.stages import Stage
from tests.sittings import nine
from tests.trip import commission, dossier, editor, expert, ministry, support, visitor
from tests.trip.company import Company
from tests.trip.person import Person
from tests.trip.proofs import ADDED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EXPECTED = "La lettre de mission, signée."
RESERVE = "Renouveler chaque année la lettre de mission."


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> SimpleNamespace:
    """Everybody, by their names in tests/fixtures/people.py; the members have their seats."""
    names = ("alice", "sophie", "emile", "eva", "members", "simone", "marc", "mona", "aude")
    cast = SimpleNamespace(**{name: request.getfixturevalue(name) for name in names})
    nine(cast.members)
    return cast


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no script"])
def test_a_service_goes_from_the_first_question_to_the_catalogue(company, drain, full_version, cast, tmp_path):
    her, them = company.welcome(), company.welcome(cast.sophie)

    candidature = filed(her, cast)
    drain()
    editor.fetch_the_receipt(her)
    evaluated(her, them, company.welcome(cast.emile), cast)
    drain()
    dossier.check(support.fetch_the_dossier(them, candidature.reference), candidature, tmp_path)
    given_an_avis(them, company, drain, cast)
    drain()
    ministry.prepare(company.welcome(cast.marc))
    ministry.sign(company.welcome(cast.mona))
    drain()
    support.record_the_convention(them, candidature.reference)
    editor.write_the_fiche(her)
    support.publish(them, candidature.reference)
    drain()
    visitor.finds_it(company.welcome())
    visitor.audits(company.welcome(cast.aude))

    assert Candidature.objects.get().stage == Stage.PUBLISHED
    call_command("verify_journal")


def filed(her: Person, cast: SimpleNamespace) -> Candidature:
    editor.sign_in(her, cast.alice.email)
    reference = editor.open_a_candidature(her)
    editor.answer_the_orientation(her)
    editor.answer_the_criteria(her, reference)
    editor.file_it(her)
    return Candidature.objects.get(reference=reference)


def evaluated(her: Person, them: Person, lead: Person, cast: SimpleNamespace) -> None:
    """In two rounds: a complement is asked for, given, and judged."""
    support.find_it_on_the_desk(them)
    support.admit(them)
    support.assign(them, lead=str(cast.emile), other=str(cast.eva), domain="Sécurité")
    expert.accept(lead)
    expert.judge_everything(lead, complement_on=ADDED[0], expected=EXPECTED)
    expert.request_the_complement(lead, EXPECTED)
    editor.answer_the_complement(her, EXPECTED)
    expert.judge_again(lead, ADDED[0])
    expert.hand_in_the_report(lead)


def given_an_avis(them: Person, company: Company, drain: Callable[[], int], cast: SimpleNamespace) -> None:
    """By five voices, two of them by mandate, of which two keep silent; a sixth member withdraws."""
    agnes, brice, chloe, driss, elsa, farid, *away = map(str, cast.members)
    secretary = company.welcome(cast.simone)
    commission.plan_today(secretary)
    support.put_on_the_agenda(them, "Glyco", rapporteur=str(cast.emile))
    commission.convene(secretary)
    drain()
    presiding, remote = company.welcome(cast.members[0]), company.welcome(cast.members[1])
    commission.answer_the_convocation(presiding, "Je serai en salle")
    commission.answer_the_convocation(remote, "Je participerai à distance")
    commission.withdraw_from_the_item(company.welcome(cast.members[5]), motive="Je conseille cet éditeur.")
    roll = {agnes: "En salle", brice: "À distance", chloe: "En salle", driss: f"→ {agnes}", elsa: f"→ {brice}"}
    roll |= {farid: "En salle"} | dict.fromkeys(away, "Excusé")
    commission.call_the_roll(secretary, roll, presiding=agnes)
    commission.put_to_the_vote(secretary, RESERVE)
    commission.vote(presiding, "Pour", mandate=(driss, "Pour"))
    commission.vote(remote, "Contre")
    commission.give_the_avis(secretary, silent=2)
