"""Which expected proofs are satisfied by those given: by kind, and no file proves two papers of one kind."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from questionnaires import sheets
from questionnaires.matching import match
from questionnaires.models import Criterion, Evidence, EvidenceRevision, EvidenceUse, ExpectedProof, Sheet


def expect(*kinds: str) -> list[ExpectedProof]:
    return [ExpectedProof(kind=kind) for kind in kinds]


def give(*kinds: str) -> list[EvidenceUse]:
    return [
        EvidenceUse(pk=rank, revision=EvidenceRevision(evidence=Evidence(kind=kind)))
        for rank, kind in enumerate(kinds, start=1)
    ]


@pytest.mark.parametrize(
    ("expected", "given_kinds", "comment", "met", "others"),
    [
        (["CERT", "CONTRAT"], [], "", [False, False], []),
        (["CERT", "CONTRAT"], ["CONTRAT"], "", [False, True], []),
        (["DOC", "DOC"], ["DOC"], "", [True, False], []),
        (["DOC", "DOC"], ["DOC", "DOC", "DOC"], "", [True, True], []),
        (["CERT"], ["DOC"], "Voici.", [False], [1]),
        (["URL", "CAPT"], [], "https://exemple.fr", [True, False], []),
        (["MESURE"], ["MESURE"], "", [True], []),
        (["DECL"], [], " \n", [False], []),
        ([], ["DOC"], "", [], [1]),
    ],
)
def test_each_kind_is_matched(
    expected: list[str], given_kinds: list[str], comment: str, met: list[bool], others: list[int]
):
    found = match(expect(*expected), give(*given_kinds), comment)
    assert [one.is_met for one in found.matches] == met
    assert [use.pk for use in found.others] == others


KINDS = st.lists(st.sampled_from(ExpectedProof.Kind.values), max_size=6)


@given(KINDS, KINDS)
def test_each_file_is_somewhere_once(expected: list[str], given_kinds: list[str]):
    found = match(expect(*expected), give(*given_kinds), "")
    shared = [use.pk for one in found.matches for use in one.given] + [use.pk for use in found.others]
    assert sorted(shared) == list(range(1, len(given_kinds) + 1))
    assert all(use.revision.evidence.kind == one.expected.kind for one in found.matches for use in one.given)


@pytest.mark.django_db
def test_an_item_says_what_it_still_lacks(
    sheet: Sheet, criterion: Callable[[str], Criterion], alice: User, proof: EvidenceRevision
):
    sheets.attach(sheet, criterion("URB-HEB-01"), proof, alice)
    item = sheets.overview(sheet).item("URB-HEB-01")
    assert item is not None
    assert [str(one) for one in item.matching.lacking] == ["Certificat HDS", "Contrat"]
    assert [use.revision for use in item.matching.others] == [proof]
