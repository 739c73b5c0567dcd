"""One candidature from the first question to the public catalogue, by the hands of each person concerned."""

import pytest
from django.core.management import call_command

from referencing.models import Candidature
from referencing.stages import Stage
from tests.sittings import nine
from tests.trip import commission, dossier, editor, expert, ministry, support, visitor
from tests.trip.proofs import ADDED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EXPECTED = "La lettre de mission, signée."
RESERVE = "Renouveler chaque année la lettre de mission."


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no script"])
def test_a_service_goes_from_the_first_question_to_the_catalogue(
    company, drain, full_version, alice, sophie, emile, eva, members, simone, marc, mona, aude, tmp_path, capsys
):
    nine(members)
    her, them, lead = company.welcome(), company.welcome(sophie), company.welcome(emile)

    editor.sign_in(her, alice.email)
    reference = editor.open_a_candidature(her)
    editor.answer_the_orientation(her)
    editor.answer_the_criteria(her)
    editor.file_it(her)
    drain()
    editor.fetch_the_receipt(her)

    support.admit(them)
    support.assign(them, lead="Émile Roux", other="Eva Noël", questionnaire="Sécurité et protection des données")
    expert.judge_everything(lead, complement_on=ADDED[0], expected=EXPECTED)
    expert.request_the_complement(lead, EXPECTED)
    editor.answer_the_complement(her, EXPECTED)
    expert.judge_again(lead, ADDED[0])
    expert.hand_in_the_report(lead)
    drain()
    dossier.check(support.fetch_the_dossier(them), Candidature.objects.get(reference=reference), tmp_path)

    secretary = company.welcome(simone)
    commission.plan_today(secretary)
    support.put_on_the_agenda(them, rapporteur="Émile Roux")
    commission.convene(secretary)
    drain()
    sitting = [company.welcome(user) for user in members[:6]]
    for member, how in zip(sitting, ("Je serai en salle",) * 5 + ("Je participerai à distance",), strict=True):
        commission.answer_the_convocation(member, how)
    commission.withdraw_from_the_item(sitting[5], motive="Je conseille cet éditeur.")
    roll = {str(user): mode for user, mode in zip(members, ("En salle",) * 5 + ("À distance",) + ("Excusé",) * 3)}
    commission.call_the_roll(secretary, roll, presiding="Agnès Membre")
    commission.put_to_the_vote(secretary, RESERVE)
    for member, choice in zip(sitting, ("Pour", "Pour", "Pour", "Contre", "Abstention"), strict=False):
        commission.vote(member, choice)
    commission.give_the_avis(secretary)
    drain()

    ministry.prepare(company.welcome(marc))
    ministry.sign(company.welcome(mona))
    drain()
    support.record_the_convention(them)
    editor.write_the_fiche(her)
    support.publish(them)
    drain()
    visitor.finds_it(company.welcome())
    visitor.audits(company.welcome(aude), reference)

    assert Candidature.objects.get(reference=reference).stage == Stage.PUBLISHED
    call_command("verify_journal")
    assert "chaîne intacte" in capsys.readouterr().out
