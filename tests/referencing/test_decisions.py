"""The decision prepared by one and signed by another, the réserves, the convention and its three signatures."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from journal.models import Event
from kit.templatetags.french import long_date
from questionnaires.models import Version
from referencing import acts, decisions
from referencing.calendar import add_months
from referencing.door import Refused
from referencing.kinds import ActKind
from referencing.models import Act, Candidature, Convention, Decision
from referencing.stages import Stage
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
SUSPENSIVE = {"id": "R1", "text": "Dater la trajectoire.", "suspensive": True, "deadline": "2999-01-01"}
GROUNDS = {"grounds_law": "Art. R. 1111-38.", "grounds_fact": "Le rapport l'établit."}
Heard = Callable[..., Candidature]


@pytest.fixture
def heard(alice: User, simple_version: Version, sophie: User, emile: User, simone: User) -> Heard:
    """Return a function that brings a candidature to its avis: `heard(opinion=…, reserves=…)`."""

    def bring(**options: object) -> Candidature:
        return play.opinion_given(alice, simple_version, sophie, emile, simone, **options)  # type: ignore[arg-type]

    return bring


def test_the_one_who_prepares_cannot_sign(heard: Heard, marc: User) -> None:
    candidature = heard()
    decisions.prepare(candidature, outcome="accept", actor=marc, **GROUNDS)
    with pytest.raises(Refused, match="signée par une autre personne que celle qui l'a préparée"):
        decisions.sign(candidature, actor=marc)
    assert Candidature.objects.get().stage == Stage.OPINION_GIVEN
    assert Decision.objects.get().signed_by is None


def test_the_database_refuses_it_too(heard: Heard, marc: User) -> None:
    decision = decisions.prepare(heard(), outcome="accept", actor=marc, **GROUNDS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(signed_by=marc, signed_at=timezone.now())


def test_another_signs_and_the_act_says_who(heard: Heard, marc: User, mona: User) -> None:
    candidature = heard()
    decisions.prepare(candidature, outcome="accept", actor=marc, **GROUNDS)
    assert decisions.sign(candidature, actor=mona).stage == Stage.ACCEPTED
    payload = Act.objects.get(kind=ActKind.DECISION).payload
    assert (payload["prepared_by"], payload["signed_by"]) == (marc.pk, mona.pk)
    assert payload["signatory"] == {"name": "Mona Faure", "quality": "déléguée ministérielle"}


def test_rewriting_makes_one_the_author(heard: Heard, marc: User, mona: User) -> None:
    candidature = heard()
    decisions.prepare(candidature, outcome="accept", actor=marc, **GROUNDS)
    decisions.prepare(candidature, outcome="accept", actor=mona, **GROUNDS)
    with pytest.raises(Refused):
        decisions.sign(candidature, actor=mona)
    assert decisions.sign(candidature, actor=marc).stage == Stage.ACCEPTED


def test_nobody_signs_a_text_rewritten_since_they_read_it(
    heard: Heard, marc: User, mona: User, client_of: ClientOf
) -> None:
    candidature = heard()
    read = decisions.prepare(candidature, outcome="accept", actor=marc, **GROUNDS).prepared_at.isoformat()
    minister, page = client_of(mona), f"/candidatures/{candidature.reference}/decision/"
    assert f'name="read" value="{read}"' in minister.get(page).content.decode().replace("&#x2B;", "+")
    again = decisions.prepare(candidature, outcome="reject", actor=marc, **GROUNDS)
    response = minister.post(f"{page}signer/", {"seen": candidature.version, "read": read})
    assert response.status_code == 422
    assert "réécrit depuis l" in response.content.decode()
    assert Candidature.objects.get().stage == Stage.OPINION_GIVEN
    form = {"seen": candidature.version, "read": again.prepared_at.isoformat()}
    assert minister.post(f"{page}signer/", form).status_code == 302
    assert Candidature.objects.get().stage == Stage.REJECTED


def test_an_unfavourable_avis_forbids_acceptance_but_not_refusal(heard: Heard, marc: User, mona: User) -> None:
    candidature = heard(opinion="unfavourable")
    decisions.prepare(candidature, outcome="accept", actor=marc, **GROUNDS)
    with pytest.raises(Refused, match="L'avis de la commission est défavorable"):
        decisions.sign(candidature, actor=mona)
    decisions.prepare(candidature, outcome="reject", actor=marc, **GROUNDS)
    assert decisions.sign(candidature, actor=mona).stage == Stage.REJECTED


def test_a_favourable_avis_does_not_bind_the_minister(heard: Heard, marc: User, mona: User) -> None:
    assert play.decided(heard(), "reject", (marc, mona)).stage == Stage.REJECTED


@pytest.mark.parametrize("blank", ["grounds_law", "grounds_fact"])
def test_a_decision_without_grounds_cannot_be_signed(heard: Heard, marc: User, mona: User, blank: str) -> None:
    candidature = heard()
    decisions.prepare(candidature, outcome="reject", actor=marc, **{**GROUNDS, blank: "  "})
    with pytest.raises(Refused, match="motivée en droit et en fait"):
        decisions.sign(candidature, actor=mona)


def test_a_suspensive_reserve_waits_for_its_lifting(heard: Heard, sophie: User, marc: User, mona: User) -> None:
    candidature = heard(opinion="favourable_suspensive", reserves=(SUSPENSIVE,))
    decisions.prepare(candidature, outcome="accept", actor=marc, **GROUNDS)
    with pytest.raises(Refused, match=r"« Dater la trajectoire\. » n'est pas levée"):
        decisions.sign(candidature, actor=mona)
    decisions.lift_reserve(candidature, reserve="R1", finding="La trajectoire est datée.", actor=sophie)
    assert acts.pending_reserves(candidature) == []
    assert decisions.sign(candidature, actor=mona).stage == Stage.ACCEPTED


def test_a_reserve_is_lifted_once(heard: Heard, sophie: User) -> None:
    candidature = heard(opinion="favourable_suspensive", reserves=(SUSPENSIVE,))
    decisions.lift_reserve(candidature, reserve="R1", finding="Constaté.", actor=sophie)
    with pytest.raises(Refused, match="déjà levée"):
        decisions.lift_reserve(candidature, reserve="R1", finding="Encore.", actor=sophie)


def test_a_decision_cannot_be_prepared_twice_decided(heard: Heard, marc: User, mona: User) -> None:
    candidature = play.decided(heard(), "accept", (marc, mona))
    with pytest.raises(Refused, match="rien n'a été enregistré"):
        decisions.prepare(candidature, outcome="reject", actor=marc, **GROUNDS)


@pytest.fixture
def accepted(heard: Heard, marc: User, mona: User) -> Candidature:
    return play.decided(heard(), "accept", (marc, mona))


def test_the_convention_is_on_file_only_with_three_signatures(accepted: Candidature, sophie: User) -> None:
    terms = decisions.draw_up_convention(
        accepted, starts_on=date(2026, 12, 1), months=12, data_categories="", actor=sophie
    )
    for party in ("editor", "minister"):
        decisions.record_signature(
            terms, party=party, name="Nom", quality="qualité", signed_on=timezone.localdate(), actor=sophie
        )
    assert acts.latest(accepted, ActKind.CONVENTION) is None
    decisions.record_signature(
        terms, party="cnam", name="Nom", quality="qualité", signed_on=timezone.localdate(), actor=sophie
    )
    payload = acts.latest(accepted, ActKind.CONVENTION)
    assert payload is not None
    assert (payload["starts_on"], payload["ends_on"]) == ("2026-12-01", "2027-12-01")
    assert {party["party"] for party in payload["parties"]} == {"editor", "minister", "cnam"}


@pytest.fixture
def half_signed(accepted: Candidature, sophie: User) -> Convention:
    """The convention, signed by the éditeur and the minister."""
    today = timezone.localdate()
    terms = decisions.draw_up_convention(accepted, starts_on=today, months=12, data_categories="", actor=sophie)
    for party in ("editor", "minister"):
        decisions.record_signature(terms, party=party, name="Nom", quality="qualité", signed_on=today, actor=sophie)
    return terms


def test_a_signature_may_be_taken_back_until_the_third(
    half_signed: Convention, client_of: ClientOf, sophie: User
) -> None:
    page = f"/candidatures/{half_signed.candidature.reference}/convention/"
    support = client_of(sophie)
    assert "La troisième signature clôt la convention." in support.get(page).content.decode()
    assert support.post(f"{page}signatures/minister/supprimer/").url == page
    shown = support.get(page).content.decode()
    assert ("Signature supprimée." in shown, "La troisième signature" in shown) == (True, False)
    assert [signature.party for signature in half_signed.signatures.all()] == ["editor"]
    assert Event.objects.get(kind="convention.signature_removed").data == {"party": "minister"}
    with pytest.raises(Refused, match="elle a déjà été supprimée"):
        decisions.remove_signature(half_signed, party="minister", actor=sophie)


def test_a_closed_convention_keeps_its_signatures(accepted: Candidature, sophie: User) -> None:
    terms = play.agreed(accepted, sophie)
    with pytest.raises(Refused, match="porte ses trois signatures : elle ne change plus"):
        decisions.remove_signature(terms, party="cnam", actor=sophie)
    assert terms.signatures.count() == 3


def test_only_the_support_takes_a_signature_back(
    half_signed: Convention, client_of: ClientOf, alice: User, mona: User
) -> None:
    page = f"/candidatures/{half_signed.candidature.reference}/convention/signatures/editor/supprimer/"
    assert [client_of(person).post(page).status_code for person in (alice, mona)] == [404, 404]
    assert half_signed.signatures.count() == 2


def test_nobody_signs_the_convention_before_the_decision(
    half_signed: Convention, client_of: ClientOf, sophie: User
) -> None:
    page = f"/candidatures/{half_signed.candidature.reference}/convention/signatures/"
    eve = timezone.localdate() - timedelta(days=1)
    form = {"party": "cnam", "name": "Paul Tissot", "quality": "directeur", "signed_on": eve.isoformat()}
    answer = client_of(sophie).post(page, form)
    today = long_date(timezone.localdate())
    assert (answer.status_code, answer.context["signature"].errors) == (
        422,
        {"signed_on": [f"La convention ne se signe pas avant la décision, prise le {today}."]},
    )
    assert "Paul Tissot" in answer.content.decode()
    assert half_signed.signatures.count() == 2


def test_signed_terms_no_longer_change(accepted: Candidature, sophie: User) -> None:
    play.agreed(accepted, sophie)
    with pytest.raises(Refused, match="ses termes ne changent plus"):
        decisions.draw_up_convention(accepted, starts_on=date(2027, 1, 1), months=24, data_categories="", actor=sophie)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_are_added_on_the_calendar(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_the_ministry_prepares_then_signs_on_the_pages(
    heard: Heard, marc: User, mona: User, client_of: ClientOf
) -> None:
    candidature = heard()
    address = f"/candidatures/{candidature.reference}/decision/"
    author, signatory = client_of(marc), client_of(mona)
    author.post(address, {"outcome": "accept", **GROUNDS})
    assert "Vous avez préparé ce projet : une autre personne doit le signer." in author.get(address).content.decode()
    assert "Signer la décision de référencement" in signatory.get(address).content.decode()
    form = {"seen": candidature.version, "read": Decision.objects.get().prepared_at.isoformat()}
    response = author.post(f"{address}signer/", form)
    assert response.status_code == 422
    signatory.post(f"{address}signer/", form)
    assert Candidature.objects.get().stage == Stage.ACCEPTED


def test_the_pile_of_the_ministry_says_what_waits(heard: Heard, marc: User, client_of: ClientOf) -> None:
    candidature = heard()
    page = client_of(marc).get("/decisions/").content.decode()
    assert candidature.reference in page
    assert "<strong>À préparer.</strong>" in page


def test_a_blank_draft_says_what_it_needs_and_keeps_the_rest(heard: Heard, marc: User, client_of: ClientOf) -> None:
    candidature = heard()
    form = {"outcome": "reject", "grounds_law": "Texte de droit conservé", "grounds_fact": ""}
    page = client_of(marc).post(f"/candidatures/{candidature.reference}/decision/", form).content.decode()
    assert "Ce champ est obligatoire." in page
    assert "Texte de droit conservé" in page
    assert not Decision.objects.exists()


def test_support_records_terms_and_signatures_on_the_page(
    accepted: Candidature, sophie: User, client_of: ClientOf
) -> None:
    client, address = client_of(sophie), f"/candidatures/{accepted.reference}/convention/"
    client.post(address, {"starts_on": "2026-12-01", "months": "12", "data_categories": ""})
    today = timezone.localdate()
    late = {"party": "editor", "name": "A", "quality": "B", "signed_on": (today + timedelta(days=1)).isoformat()}
    refused = client.post(f"{address}signatures/", late)
    assert "Une signature ne peut pas être datée dans l" in refused.content.decode()
    for party in ("editor", "minister", "cnam"):
        client.post(f"{address}signatures/", {**late, "party": party, "signed_on": today.isoformat()})
    assert "Les trois parties ont signé." in client.get(address).content.decode()


def test_a_reserve_is_lifted_on_its_page(heard: Heard, sophie: User, marc: User, client_of: ClientOf) -> None:
    candidature = heard(opinion="favourable_suspensive", reserves=(SUSPENSIVE,))
    address = f"/candidatures/{candidature.reference}/reserves/"
    assert client_of(marc).post(address, {"reserve": "R1", "finding": "x"}).status_code == 404
    client = client_of(sophie)
    assert "Ce champ est obligatoire." in client.post(address, {"reserve": "R1", "finding": ""}).content.decode()
    client.post(address, {"reserve": "R1", "finding": "La trajectoire est datée au 1er juin."})
    assert "La trajectoire est datée au 1er juin." in client.get(address).content.decode()
