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
    agnes, brice, chloe, driss, elsa, farid, *away = map(str, members)
    nine(members)
    her, them, lead = company.welcome(), company.welcome(sophie), company.welcome(emile)

    editor.sign_in(her, alice.email)
    reference = editor.open_a_candidature(her)
    editor.answer_the_orientation(her)
    editor.answer_the_criteria(her)
    editor.file_it(her)
    drain()
    editor.fetch_the_receipt(her)

    support.find_it_on_the_desk(them)
    support.admit(them)
    support.assign(them, lead=str(emile), other=str(eva), questionnaire="Sécurité et protection des données")
    expert.judge_everything(lead, complement_on=ADDED[0], expected=EXPECTED)
    expert.request_the_complement(lead, EXPECTED)
    editor.answer_the_complement(her, EXPECTED)
    expert.judge_again(lead, ADDED[0])
    expert.hand_in_the_report(lead)
    drain()
    sealed = support.fetch_the_dossier(them, reference)
    dossier.check(sealed, Candidature.objects.get(reference=reference), tmp_path)

    secretary = company.welcome(simone)
    commission.plan_today(secretary)
    support.put_on_the_agenda(them, reference, rapporteur=str(emile))
    commission.convene(secretary)
    drain()
    presiding, remote, third = (company.welcome(user) for user in members[:3])
    commission.answer_the_convocation(presiding, "Je serai en salle")
    commission.answer_the_convocation(remote, "Je participerai à distance")
    commission.withdraw_from_the_item(company.welcome(members[5]), motive="Je conseille cet éditeur.")
    roll = {agnes: "En salle", brice: "À distance", chloe: "En salle", driss: f"→ {agnes}", elsa: f"→ {brice}"}
    roll |= {farid: "En salle"} | dict.fromkeys(away, "Excusé")
    commission.call_the_roll(secretary, roll, presiding=agnes)
    commission.put_to_the_vote(secretary, RESERVE)
    commission.vote(presiding, "Pour", mandate=(driss, "Pour"))
    commission.vote(remote, "Pour", mandate=(elsa, "Contre"))
    commission.vote(third, "Abstention")
    commission.give_the_avis(secretary)
    drain()

    ministry.prepare(company.welcome(marc))
    ministry.sign(company.welcome(mona))
    drain()
    support.record_the_convention(them, reference)
    editor.write_the_fiche(her)
    support.publish(them, reference)
    drain()
    visitor.finds_it(company.welcome())
    visitor.audits(company.welcome(aude), reference)

    assert Candidature.objects.get(reference=reference).stage == Stage.PUBLISHED
    call_command("verify_journal")
    assert "chaîne intacte" in capsys.readouterr().out
