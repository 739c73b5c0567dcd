"""Who is proposed for what: properties that hold for every pool and every file, then a few cases read by hand."""

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.proposal import Candidate, Need, Proposal, propose

DOMAINS = ("securite", "rgpd", "ethique", "echange")


def candidate(key: int, *competences: str, **facts: object) -> Candidate:
    return Candidate(key, f"Expert {key}", frozenset(competences), **{"capacity": 50, **facts})  # type: ignore[arg-type]


def need(domain: str, number: int, seats: int = 1) -> Need:
    return Need(domain, domain.title(), tuple(f"{domain[:3].upper()}-{rank:02}" for rank in range(number)), seats)


@st.composite
def pools(draw: st.DrawFn) -> list[Candidate]:
    return [
        Candidate(
            key,
            f"Expert {key}",
            draw(st.frozensets(st.sampled_from(DOMAINS))),
            capacity=draw(st.integers(1, 60)),
            load=draw(st.integers(0, 70)),
            files=draw(st.integers(0, 4)),
            barred=draw(st.sampled_from(("", "", "", "Fait partie de l'équipe de l'éditeur."))),
        )
        for key in range(1, draw(st.integers(0, 7)) + 1)
    ]


@st.composite
def files(draw: st.DrawFn) -> list[Need]:
    domains = draw(st.lists(st.sampled_from(DOMAINS), unique=True))
    return [need(domain, draw(st.integers(0, 25)), draw(st.integers(1, 2))) for domain in domains]


def able(pool: list[Candidate], domain: str) -> list[Candidate]:
    return [one for one in pool if domain in one.competences and not one.barred]


def seats_given(found: Proposal) -> Counter[str]:
    return Counter(code for choice in found.choices for code in choice.criteria)


@settings(max_examples=120)
@given(pools(), files())
def test_nobody_is_proposed_in_conflict_nor_out_of_their_domains(pool: list[Candidate], asked: list[Need]):
    people = {one.key: one for one in pool}
    for choice in propose(pool, asked).choices:
        assert people[choice.expert] in able(pool, choice.domain)
        assert choice.criteria


@settings(max_examples=120)
@given(pools(), files())
def test_everything_is_covered_when_it_can_be_and_what_cannot_be_is_said(pool: list[Candidate], asked: list[Need]):
    found = propose(pool, asked)
    seats, missing = seats_given(found), {code for gap in found.gaps for code in gap.criteria}
    for one in asked:
        expected = min(one.seats, len(able(pool, one.domain)))
        assert {seats[code] for code in one.criteria} <= {expected}
        assert (set(one.criteria) <= missing) == (expected < one.seats or not one.criteria)
    assert all(gap.why.endswith(".") for gap in found.gaps)


@settings(max_examples=120)
@given(pools(), files())
def test_an_expert_meets_a_criterion_once(pool: list[Candidate], asked: list[Need]):
    met = Counter((choice.expert, code) for choice in propose(pool, asked).choices for code in choice.criteria)
    assert set(met.values()) <= {1}


@settings(max_examples=120)
@given(pools(), files())
def test_nobody_goes_over_while_another_who_knows_the_domain_has_room(pool: list[Candidate], asked: list[Need]):
    found = propose(pool, asked)
    taken = {one.key: len(found.of(one.key)) for one in pool}
    over = {one.key for one in pool if taken[one.key] and one.load + taken[one.key] > one.capacity}
    assert {choice.expert for choice in found.choices if choice.is_over} == over
    for choice in found.choices:
        for other in able(pool, choice.domain):
            has_it_all = set(choice.criteria) <= set(found.of(other.key))
            if choice.expert in over and other.key not in over and not has_it_all:
                assert other.load + taken[other.key] >= other.capacity


@settings(max_examples=60)
@given(pools(), files(), st.randoms(use_true_random=False))
def test_the_same_facts_give_the_same_proposition_in_whatever_order(
    pool: list[Candidate], asked: list[Need], chance: random.Random
):
    shuffled = [*pool]
    chance.shuffle(shuffled)
    assert propose(shuffled, asked) == propose(pool, asked)


def test_the_least_loaded_of_two_equals_is_chosen_and_keeps_the_domain_whole():
    found = propose([candidate(1, "rgpd", load=30, files=2), candidate(2, "rgpd")], [need("rgpd", 10)])
    assert [(one.expert, len(one.criteria)) for one in found.choices] == [(2, 10)]
    assert found.lead == 2


def test_two_domains_go_to_two_people_who_know_both():
    pool = [candidate(1, "rgpd", "securite"), candidate(2, "rgpd", "securite")]
    found = propose(pool, [need("rgpd", 20), need("securite", 20)])
    assert {one.expert: len(found.of(one.expert)) for one in found.choices} == {1: 20, 2: 20}


def test_a_domain_is_cut_only_when_nobody_has_room_for_all_of_it():
    found = propose([candidate(1, "rgpd", capacity=6), candidate(2, "rgpd", capacity=6)], [need("rgpd", 10)])
    assert sorted(len(one.criteria) for one in found.choices) in ([4, 6], [5, 5])
    assert not any(one.is_over for one in found.choices)


def test_each_choice_says_why():
    pool = [candidate(1, "rgpd", load=12, files=2), candidate(2, "ethique", capacity=3)]
    found = propose(pool, [need("rgpd", 4), need("ethique", 5)])
    assert [one.why for one in found.choices] == [
        "compétence déclarée ; 12 à juger aujourd'hui dans 2 dossiers, 16 avec cette proposition sur 50 possibles ; "
        "seule personne disponible dans ce domaine.",
        "compétence déclarée ; aucun critère à juger aujourd'hui, 5 avec cette proposition sur 3 possibles ; seule personne "
        "disponible dans ce domaine ; au-delà de sa capacité, faute d'autre personne dans ce domaine.",
    ]


def test_each_gap_says_why():
    away = candidate(1, "ethique", barred="En congé jusqu'au 03/03/2026.")
    asked = [need("ethique", 3), need("rgpd", 2), need("securite", 2, seats=2)]
    found = propose([away, candidate(2, "securite")], asked)
    assert [(gap.domain, gap.why) for gap in found.gaps] == [
        ("ethique", "Personne de disponible. Expert 1 : en congé jusqu'au 03/03/2026."),
        ("rgpd", "Aucun expert n'a déclaré cette compétence."),
        ("securite", "Il faut 2 experts différents, et seule une partie est disponible (Expert 2)."),
    ]


def test_nothing_to_share_out_proposes_nothing():
    assert propose([candidate(1, "rgpd")], []) == Proposal()
    assert Proposal().lead is None
