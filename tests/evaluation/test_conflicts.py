"""The conflicts that the file shows: what forbids, what asks for a motive, what is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.conflicts import Company, Standing, Tie, conflicts
from evaluation.domains import Domain, domain_of

TODAY = date(2026, 3, 1)
GLYCO = Company("Glyco SAS", "732829320")
OTHER = Company("Autre Éditeur SA", "404833048")


def seen(standing: Standing, editor: Company = GLYCO) -> list[bool]:
    return [conflict.forbids for conflict in conflicts(standing, editor, TODAY)]


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing(), []),
        (Standing(in_team=True), [True]),
        (Standing(has_recused=True), [True]),
        (Standing(reads_everything_as="auditeur"), [True]),
        (Standing(recused_from=("MES-2026-0001",)), [False]),
        (Standing(employer=GLYCO), [True]),
        (Standing(employer=Company("Un tout autre nom", "732829320")), [True]),
        (Standing(employer=Company("GLYCO")), [False]),
        (Standing(employer=Company("Glyco", "404833048")), []),
        (Standing(employer=OTHER), []),
        (Standing(employer=Company("SAS")), []),
        (Standing(ties=(Tie(GLYCO, "Conseil"),)), [True]),
        (Standing(ties=(Tie(GLYCO, "Conseil", until=TODAY),)), [True]),
        (Standing(ties=(Tie(GLYCO, "Conseil", until=date(2026, 2, 28)),)), [False]),
        (Standing(ties=(Tie(GLYCO, "Conseil", until=date(2021, 3, 1)),)), [False]),
        (Standing(ties=(Tie(GLYCO, "Conseil", until=date(2021, 2, 28)),)), []),
        (Standing(ties=(Tie(Company("Groupe Glyco"), "Conseil"),)), [False]),
        (Standing(ties=(Tie(OTHER, "Conseil"),)), []),
        (Standing(recused_from=("MES-2026-0001",), in_team=True), [True, False]),
    ],
)
def test_what_is_on_file_forbids_or_asks_for_a_motive(standing: Standing, expected: list[bool]):
    assert seen(standing) == expected


def test_an_interest_that_ended_on_a_leap_day_counts_for_five_years():
    tie = Tie(GLYCO, "Conseil", until=date(2024, 2, 29))
    assert conflicts(Standing(ties=(tie,)), GLYCO, date(2029, 2, 28))
    assert not conflicts(Standing(ties=(tie,)), GLYCO, date(2029, 3, 1))


@pytest.mark.parametrize(
    ("name", "other", "near"),
    [
        ("Télé-Consult", "TELE CONSULT France", True),
        ("Société Éditrice", "editrice", True),
        ("Glyco Santé", "Glyco", True),
        ("Glycol", "Glyco", False),
        ("", "Glyco", False),
    ],
)
def test_names_are_compared_without_accents_case_nor_legal_form(name: str, other: str, near: bool):
    assert bool(seen(Standing(employer=Company(name)), Company(other, "732829320"))) == near


@given(st.text(max_size=30), st.text(max_size=30))
def test_two_numbers_that_differ_settle_it_whatever_the_names(name: str, other: str):
    standing = Standing(employer=Company(name, "404833048"), ties=(Tie(Company(name, "404833048"), "Conseil"),))
    assert seen(standing, Company(other, "732829320")) == []


@pytest.mark.parametrize(
    ("questionnaire", "code", "domain"),
    [
        ("demande", "ADM-02", Domain.ADMINISTRATIVE),
        ("doctrine", "URB-HEB-01", Domain.URBANISATION),
        ("doctrine", "INT-DOC-02", Domain.INTEROPERABILITY),
        ("securite", "SEC-GOV-01", Domain.SECURITY),
        ("securite-echange", "SEX-01", Domain.EXCHANGE),
        ("rgpd-echange", "RGX-01", Domain.EXCHANGE),
        ("ethique", "NOUVEAU-01", Domain.ETHICS),
        ("inconnu", "NOUVEAU-01", Domain.ADMINISTRATIVE),
    ],
)
def test_the_domain_of_a_criterion_is_said_by_its_family_then_by_its_questionnaire(
    questionnaire: str, code: str, domain: Domain
):
    assert domain_of(questionnaire, code) == domain
