"""A sheet taken from a version to another: nothing lost, nothing vouched for that was not read again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from questionnaires import sheets
from questionnaires.completeness import CONFIRM
from questionnaires.lineage import Descent, Heir
from questionnaires.models import Version
from questionnaires.plain import Edition, descent_between, edition_of
from questionnaires.upgrade import NOTHING, Outcome, Proof, Said, Simulation, simulate
from tests.play import SIMPLE

MET = Said("met", "En place.", (Proof(1, "p. 2"),), 3)


@pytest.fixture
def older(full_version: Version) -> Edition:
    return edition_of(full_version)


@pytest.fixture
def newer(next_version: Version) -> Edition:
    return edition_of(next_version)


def upgraded(older: Edition, newer: Edition, said: dict[str, Said], facts: dict[str, object] = SIMPLE) -> Simulation:
    return simulate(older, newer, descent_between(older, newer), facts, said, oriented=True)


def after(simulation: Simulation) -> dict[str, tuple[Outcome, Said]]:
    return {one.code: (one.outcome, one.after) for one in simulation.carried}


def test_what_is_worded_alike_is_kept_as_it_was(older: Edition, newer: Edition):
    found = after(upgraded(older, newer, {"SEC-GOV-01": MET, "SEC-GOV-02": MET}))
    assert found["SEC-GOV-01"] == (Outcome.KEPT, replace(MET, edition=4))
    assert found["SEC-RSSI-01"] == (Outcome.KEPT, replace(MET, edition=4))


def test_what_is_worded_otherwise_must_be_confirmed(older: Edition, newer: Edition):
    found = after(upgraded(older, newer, {"ADM-02": MET}))
    assert found["ADM-02"] == (Outcome.TO_CONFIRM, replace(MET, edition=4, to_confirm=True, carried_from="ADM-02"))


def test_what_is_split_is_copied_to_each(older: Edition, newer: Edition):
    simulation = upgraded(older, newer, {"URB-HEB-01": MET})
    expected = (Outcome.TO_CONFIRM, replace(MET, edition=4, to_confirm=True, carried_from="URB-HEB-01"))
    assert after(simulation)["URB-HEB-01"] == after(simulation)["URB-HEB-03"] == expected
    whys = {one.code: one.why for one in simulation.carried}
    assert whys["URB-HEB-01"] == "URB-HEB-01 est scindé ; sa réponse est aussi copiée dans URB-HEB-03."


def test_what_is_merged_is_joined(older: Edition, newer: Edition):
    other = Said("met", "Rien n'est cédé.", (Proof(1, "ailleurs"), Proof(2)), 7)
    found = after(upgraded(older, newer, {"ADM-04": MET, "RGPD-FIN-04": other}))
    assert found["ADM-04"] == (
        Outcome.TO_CONFIRM,
        Said(
            "met",
            "ADM-04 : En place.\n\nRGPD-FIN-04 : Rien n'est cédé.",
            (Proof(1, "p. 2"), Proof(2)),
            8,
            to_confirm=True,
            carried_from="ADM-04 et RGPD-FIN-04",
        ),
    )


def test_answers_that_disagree_leave_the_value_to_choose(older: Edition, newer: Edition):
    other = Said("not_met", "En cours.", (), 1)
    said = after(upgraded(older, newer, {"ADM-04": MET, "RGPD-FIN-04": other}))["ADM-04"][1]
    assert (said.value, said.comment) == ("", "ADM-04 : En place.\n\nRGPD-FIN-04 : En cours.")


def test_what_the_version_does_not_take_over_is_left(older: Edition, newer: Edition):
    facts = SIMPLE | {"api_mesures": True}
    simulation = upgraded(older, newer, {"SEX-01": MET}, facts)
    expected = replace(MET, proofs=(), edition=4, to_confirm=True, carried_from="SEX-01")
    assert after(simulation)["SEX-01"] == (Outcome.TO_CONFIRM, expected)
    assert next(one.why for one in simulation.carried if one.code == "SEX-01") == (
        "La nouvelle version ne reprend pas ses preuves."
    )


def test_what_is_new_is_to_answer_and_what_is_removed_set_aside(older: Edition, newer: Edition):
    simulation = upgraded(older, newer, {"SEC-GOV-07": MET})
    assert after(simulation)["RGPD-NEW-01"] == (Outcome.TO_ANSWER, NOTHING)
    assert after(simulation)["SEC-GOV-07"] == (Outcome.SET_ASIDE, NOTHING)
    assert simulation.answers_aside == 1


def test_the_milestones_of_the_tests_are_no_answers(older: Edition, newer: Edition):
    assert "TST-U-01" not in after(upgraded(older, newer, {}))


def test_the_orientation_is_carried_and_what_it_lacks_is_said(older: Edition, newer: Edition):
    simulation = upgraded(older, newer, {})
    assert simulation.given["hebergement_tiers"] is True
    assert "hebergement_externe" not in simulation.given
    assert [(again.question.code, again.why) for again in simulation.asked_again] == [
        ("ia", "Cette question est nouvelle.")
    ]
    assert not simulation.orientation_done


def test_an_answer_that_is_no_longer_proposed_is_asked_again(older: Edition, newer: Edition):
    questions = tuple(
        replace(question, choices=(("site", "Site web"),)) if question.code == "type_solution" else question
        for question in newer.questions
    )
    simulation = upgraded(older, replace(newer, questions=questions), {})
    assert ("type_solution", "La réponse donnée n'est plus proposée.") in [
        (again.question.code, again.why) for again in simulation.asked_again
    ]
    assert "type_solution" not in simulation.given


def test_answers_that_a_new_rule_forbids_are_asked_again(older: Edition, newer: Edition):
    rule = {"when": "donnees_sante", "then": "app_mobile", "sentence": "Il faut une application.", "blocking": True}
    facts = SIMPLE | {"type_solution": ["site"]}
    simulation = upgraded(older, replace(newer, rules=(rule,)), {}, facts)
    assert {again.question.code for again in simulation.asked_again} >= {"donnees_sante", "type_solution"}


def test_the_effect_on_progress_counts_what_waits_to_be_confirmed_as_missing(older: Edition, newer: Edition):
    simulation = upgraded(older, newer, {"ADM-02": MET, "SEC-GOV-01": MET})
    assert (simulation.before.done, simulation.before.total) == (2, 7)
    assert (simulation.after.done, simulation.after.total) == (1, 7)


said = st.builds(
    Said,
    value=st.sampled_from(["", "met", "not_met", "not_applicable"]),
    comment=st.text(max_size=12),
    proofs=st.lists(st.integers(1, 6).map(Proof), max_size=3, unique=True).map(tuple),
    edition=st.integers(1, 50),
)


@given(data=st.data())
def test_nothing_given_is_lost_unless_it_is_said_to_be(data: st.DataObject):
    """Each comment and each proof of a criterion that has heirs is found under every one of them."""
    older, newer, joint = EDITIONS
    answers = data.draw(st.dictionaries(st.sampled_from(older.codes), said))
    simulation = simulate(older, newer, joint, {}, answers, oriented=False)
    found = {one.code: one.after for one in simulation.carried}
    for code, answer in answers.items():
        for heir in joint.heirs[code].codes:
            assert {proof.revision for proof in answer.proofs} <= {proof.revision for proof in found[heir].proofs}
            assert answer.comment.strip() in found[heir].comment
            assert found[heir].edition > answer.edition or replace(answer, edition=0) == NOTHING


def _editions() -> tuple[Edition, Edition, Descent]:
    from questionnaires.lint import lint
    from questionnaires.plain import edition_of_draft
    from tests.questionnaires.folders import SMALL

    older, newer = (edition_of_draft(lint(SMALL / name).draft) for name in ("complet", "suite"))
    kept = tuple(one for one in older.requirements if one.is_answered)
    heirs = {code: Heir(newer.lineage.heirs(code)) for code in (one.code for one in kept)}
    return replace(older, requirements=kept), newer, Descent(heirs, {code: code for code in older.variables})


EDITIONS = _editions()


def test_the_sheet_written_says_what_the_simulation_said(
    full_version: Version, next_version: Version, sheet, criterion, proof, alice: User
):
    sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Signé.", edition=0, user=alice)
    sheets.attach(sheet, criterion("ADM-02"), proof, alice, "p. 4")
    simulation = sheets.simulate_upgrade(sheet, next_version)
    written = sheets.open_upgraded(sheet, next_version, simulation, alice)
    item = sheets.overview(written).item("ADM-02")
    assert item.answer is not None
    assert (item.answer.value, item.answer.comment, item.edition) == ("met", "Signé.", 3)
    assert [(use.revision, use.note) for use in item.uses] == [(proof, "p. 4")]
    assert item.missing == (CONFIRM,)
    done = sheets.overview(written).progress
    assert (simulation.after.done, simulation.after.total) == (done.done, done.total)


def test_saving_or_confirming_clears_the_doubt(next_version: Version, sheet, criterion, proof, alice: User):
    for code in ("ADM-02", "URB-HEB-01"):
        sheets.save_answer(sheet, criterion(code), value="met", comment="Fait.", edition=0, user=alice)
        sheets.attach(sheet, criterion(code), proof, alice)
    written = sheets.open_upgraded(sheet, next_version, sheets.simulate_upgrade(sheet, next_version), alice)
    now = {row.code: row for row in next_version.criteria.all()}
    assert sheets.confirm(written, ["ADM-02"], alice) == ["ADM-02"]
    sheets.save_answer(written, now["URB-HEB-01"], value="met", comment="Fait.", edition=3, user=alice)
    waiting = written.answers.filter(to_confirm=True).values_list("criterion__code", flat=True)
    assert list(waiting) == ["URB-HEB-03"]
