"""Counting: tables of cases, then properties that hold for every vote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission.kinds import Choice
from commission.law import Quorum, Rules
from commission.tally import count

REACHED = Quorum(True, 9, 5, 9, "")
MISSED = Quorum(False, 4, 5, 9, "")
CODES = {"P": Choice.FOR, "C": Choice.AGAINST, "A": Choice.ABSTAIN}


def tally(votes: str, *, presiding: int | None = 1, rules: Rules | None = None, quorum: Quorum = REACHED):
    """Count a row of votes, member 1 first: P pour, C contre, A abstention, "-" entitled but silent."""
    ballots = {rank: CODES[code] for rank, code in enumerate(votes, start=1) if code != "-"}
    return count(ballots, range(1, len(votes) + 1), rules or Rules(), quorum=quorum, presiding=presiding)


@pytest.mark.parametrize(
    ("votes", "adopted", "by", "sentence"),
    [
        ("PPPPPCCA", True, "majority", "Proposition adoptée : 5 pour, 2 contre, 1 abstention."),
        ("PPCCCA-", False, "majority", "Proposition rejetée : 2 pour, 3 contre, 1 abstention, 1 sans vote."),
        (
            "PPCC",
            True,
            "casting_vote",
            "Partage égal des voix ; proposition adoptée par la voix prépondérante de la présidence : 2 pour, 2 contre, 0 abstention.",
        ),
        (
            "CPPCAA",
            False,
            "casting_vote",
            "Partage égal des voix ; proposition rejetée par la voix prépondérante de la présidence : 2 pour, 2 contre, 2 abstentions.",
        ),
        (
            "APC",
            False,
            "tie",
            "Partage égal des voix que rien ne départage ; proposition non adoptée : 1 pour, 1 contre, 1 abstention.",
        ),
        (
            "-PC",
            False,
            "tie",
            "Partage égal des voix que rien ne départage ; proposition non adoptée : 1 pour, 1 contre, 0 abstention, 1 sans vote.",
        ),
        (
            "AAAAA",
            False,
            "tie",
            "Partage égal des voix que rien ne départage ; proposition non adoptée : 0 pour, 0 contre, 5 abstentions.",
        ),
        ("PAAAAAAAA", True, "majority", "Proposition adoptée : 1 pour, 0 contre, 8 abstentions."),
    ],
)
def test_the_majority_of_the_votes_decides_and_the_president_breaks_a_tie(votes, adopted, by, sentence):
    found = tally(votes)
    assert (found.adopted, found.by, found.sentence) == (adopted, by, sentence)


def test_nobody_breaks_a_tie_when_the_president_withdrew():
    assert tally("PPCC", presiding=None).by == "tie"


def test_nobody_breaks_a_tie_when_the_commission_gave_up_the_casting_vote():
    found = tally("PPCC", rules=Rules(casting_vote=False))
    assert (found.adopted, found.by) == (False, "tie")


@pytest.mark.parametrize(
    ("votes", "adopted"),
    [("PPPPPCCAA", True), ("PPPPCCCAA", False), ("-PPPPCCA", False), ("PPPP-CCA", True), ("PPPPCCA", True)],
)
def test_a_setting_makes_abstentions_weigh_against(votes, adopted):
    assert tally(votes, rules=Rules(abstentions_weigh=True)).adopted is adopted


def test_a_count_in_which_abstentions_weigh_says_so():
    found = tally("PPPP-CCA", rules=Rules(abstentions_weigh=True))
    assert found.sentence == (
        "Partage égal des voix ; proposition adoptée par la voix prépondérante de la présidence : "
        "4 pour, 2 contre, 1 abstention, 1 sans vote (abstentions et silences comptés contre)."
    )


def test_without_quorum_nothing_is_adopted_whatever_the_votes():
    found = tally("PPPP", quorum=MISSED)
    assert (found.adopted, found.by) == (False, "quorum")
    assert found.sentence == (
        "Quorum non atteint ; la proposition ne peut pas être adoptée : 4 pour, 0 contre, 0 abstention."
    )


def test_a_ballot_of_somebody_who_may_not_vote_is_a_fault():
    with pytest.raises(ValueError, match=r"\[7\]"):
        count({7: Choice.FOR}, {1, 2}, Rules(), quorum=REACHED, presiding=None)


# --- Properties --------------------------------------------------------------------------------

ROWS = st.text("PCA-", min_size=1, max_size=9)
RULES = st.builds(Rules, casting_vote=st.booleans(), abstentions_weigh=st.booleans())


@given(ROWS, RULES, st.one_of(st.none(), st.integers(1, 9)))
def test_every_voice_is_in_one_column_and_one_only(votes, rules, presiding):
    found = tally(votes, rules=rules, presiding=presiding)
    assert found.entitled == len(votes)
    columns = (found.votes_for, found.votes_against, found.abstentions, found.silent)
    assert columns == tuple(votes.count(code) for code in "PCA-")


@given(ROWS, RULES, st.one_of(st.none(), st.integers(1, 9)))
def test_a_tie_is_broken_only_by_a_president_who_voted(votes, rules, presiding):
    found = tally(votes, rules=rules, presiding=presiding)
    weighing = "CA-" if rules.abstentions_weigh else "C"
    if votes.count("P") == sum(votes.count(code) for code in weighing):
        spoke = presiding is not None and votes[presiding - 1 : presiding] in ("P", "C")
        assert (found.by == "casting_vote") is (spoke and rules.casting_vote)
    else:
        assert found.by == "majority"


@given(ROWS, RULES, st.integers(1, 9), st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_changes_nothing(votes, rules, presiding, chance):
    ballots = {rank: CODES[code] for rank, code in enumerate(votes, start=1) if code != "-"}
    entitled = range(1, len(votes) + 1)
    shuffled = dict(chance.sample(sorted(ballots.items()), len(ballots)))
    assert count(shuffled, entitled, rules, quorum=REACHED, presiding=presiding) == count(
        ballots, entitled, rules, quorum=REACHED, presiding=presiding
    )


@given(ROWS, RULES, st.integers(1, 9))
def test_one_more_vote_in_favour_never_defeats_a_proposition(votes, rules, presiding):
    if tally(votes, rules=rules, presiding=presiding).adopted:
        assert tally(f"{votes}P", rules=rules, presiding=presiding).adopted


@given(ROWS, RULES)
def test_nothing_is_adopted_without_a_vote_in_favour(votes, rules):
    if "P" not in votes:
        assert not tally(votes, rules=rules).adopted
