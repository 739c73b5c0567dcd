"""The check page: everything missing, by trade, for every member; what waits; who may file; one dépôt for two people."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Profile
from accounts.services import join
from questionnaires import sheets, vault
from questionnaires.models import EvidenceRevision, Version
from referencing import discussions, filing
from referencing.checking import Group, check_of, groups
from referencing.models import Act, Candidature
from referencing.receipts import steps_ahead
from referencing.refusals import Refusal
from referencing.stages import Stage
from referencing.verbs import verb_named
from tests import play
from tests.client import HouseClient
from tests.referencing.post import House

ClientOf = Callable[[User], HouseClient]
SUBMIT = verb_named("submit")


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, *parts, ""])


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    return play.draft(alice, simple_version)


def test_what_is_missing_is_shared_by_trade_the_readers_first():
    alice, bob = User(pk=1, full_name="Alice"), User(pk=2, full_name="Bob")
    team = [Membership(user=alice, profiles=["MOA", "SSI"]), Membership(user=bob, profiles=["SSI"])]
    one, two, three, four = (
        Refusal(code, code, profile=profile) for code, profile in (("a", "SSI"), ("b", ""), ("c", "JUR"), ("d", "SSI"))
    )
    security = Group("Sécurité", ("Alice", "Bob"), is_mine=True, reasons=(one, four))
    law = Group("Juriste RGPD / DPO", (), is_mine=False, reasons=(three,))
    anybody = Group("Toute l'équipe", (), is_mine=False, reasons=(two,))
    assert groups([one, two, three, four], team, bob) == [security, law, anybody]
    assert groups([], team, bob) == []


def test_the_page_says_what_the_door_says(draft: Candidature, alice: User, bob: User):
    for reader in (alice, bob):
        check = check_of(draft, SUBMIT, reader)
        asked = [item.code for item in check.overview.items if item.missing and item.criterion.is_mandatory]
        shown = [reason.detail for group in check.groups for reason in group.reasons]
        assert sorted(shown) == sorted(asked)
        assert (check.may_file, check.filers, check.is_ready) == (reader == alice, [alice], False)


def test_a_member_without_mandate_sees_everything_and_who_may_file(draft: Candidature, bob: User, client_of: ClientOf):
    page = client_of(bob).get(url(draft, "verifier")).content.decode()
    assert "ADM-02 : Choisissez une réponse." in page
    assert "<strong><bdi>Alice Martin</bdi></strong>" in page
    assert "Ce que cette personne attestera sur l'honneur" in page
    assert "Déposer la candidature</button>" not in page


def test_each_trade_names_who_holds_it(draft: Candidature, bob: User, client_of: ClientOf):
    page = client_of(bob).get(url(draft, "verifier")).content.decode()
    assert "<strong>Juriste RGPD / DPO</strong> : 1\u00a0point — <bdi>Bob Durand</bdi> (pour vous)</summary>" in page
    assert "<strong>Sécurité</strong> : 2\u00a0points — <bdi>Alice Martin</bdi></summary>" in page


def test_what_waits_for_a_second_look_is_shown(draft: Candidature, alice: User, bob: User):
    criterion = draft.sheet.version.criteria.get(code="URB-HEB-01")
    proof = vault.deposit(
        draft.organisation,
        play.a_file(),
        title="Certificat HDS",
        kind="CERT",
        user=alice,
        dates=vault.Dates(expires_on=timezone.localdate() + timedelta(days=10)),
    )
    sheets.save_answer(draft.sheet, criterion, value="met", comment="", edition=0, user=alice)
    sheets.attach(draft.sheet, criterion, proof, alice)
    sheets.mark(draft.sheet, criterion, "review", bob)
    discussions.say(draft, criterion, "Et l'avenant ?", author=bob)
    check = check_of(draft, SUBMIT, alice)
    assert [item.code for item in check.review] == ["URB-HEB-01"]
    assert [(item.code, [str(lack) for lack in item.matching.lacking]) for item in check.unproven] == [
        ("URB-HEB-01", ["Contrat"])
    ]
    assert [(thread.criterion.code, thread.unread) for thread in check.threads] == [("URB-HEB-01", 1)]
    assert [(row.title, row.codes, row.is_past) for row in check.expiring] == [
        ("Certificat HDS", ("URB-HEB-01",), False)
    ]
    assert not check.is_clear


@pytest.mark.parametrize(("days", "shown"), [(-1, True), (0, True), (60, True), (61, False)])
def test_a_proof_is_pointed_out_sixty_days_before_it_expires(
    draft: Candidature, alice: User, client_of: ClientOf, days: int, shown: bool
):
    play.answer_all(draft, alice)
    EvidenceRevision.objects.update(expires_on=timezone.localdate() + timedelta(days=days))
    check = check_of(draft, SUBMIT, alice)
    assert [row.is_past for row in check.expiring] == ([days < 0] if shown else [])
    page = client_of(alice).get(url(draft, "verifier")).content.decode()
    assert ("a expiré le" in page, "expire le" in page) == (days < 0, shown and days >= 0)


def test_what_is_set_aside_is_read_again_with_its_reason(draft: Candidature, alice: User, client_of: ClientOf):
    criterion = draft.sheet.version.criteria.get(code="RGPD-FIN-04")
    said = {"value": "not_applicable", "na_reason": "fonction-absente", "comment": "Aucun."}
    client_of(alice).post(url(draft, "criteres", "RGPD-FIN-04"), {**said, "edition": 0})
    page = client_of(alice).get(url(draft, "verifier")).content.decode()
    assert "1\u00a0critère déclaré « Non applicable »" in page
    assert criterion.reasons[0].text in page.replace("&#x27;", "'")


def test_nothing_to_read_again_is_said(alice: User, simple_version: Version, client_of: ClientOf):
    candidature = play.draft(alice, simple_version)
    page = client_of(alice).get(url(candidature, "verifier")).content.decode()
    assert "Rien n'attend de relecture" in page


@pytest.mark.parametrize("rows", [1, 4])
def test_the_page_takes_the_same_queries_whatever_is_answered(
    draft: Candidature, alice: User, django_assert_num_queries: Any, rows: int
):
    proof = vault.deposit(draft.organisation, play.a_file(), title="Preuve", kind="DOC", user=alice)
    for item in [one for one in sheets.overview(draft.sheet).items if one.may_change][:rows]:
        sheets.attach(draft.sheet, item.criterion, proof, alice)
        discussions.say(draft, item.criterion, "Un.", author=alice)
    candidature = Candidature.objects.select_related("service__organisation", "sheet__version").get()
    with django_assert_num_queries(13):
        check_of(candidature, SUBMIT, alice)


# --- The confirmation ------------------------------------------------------------------------


def test_the_confirmation_says_what_happens_next_and_what_was_attested(
    house: House, client_of: ClientOf, drain: Callable[[], int]
):
    candidature = house.submitted()
    client = client_of(house.people["bob"])
    page = client.get(url(candidature, "depot")).content.decode()
    assert "Candidature déposée</h1>" in page
    assert "L'accusé de réception en PDF est en cours de fabrication" in page
    assert "<strong>Maintenant.</strong> Le support du GIE SESAM-Vitale vérifie" in page
    assert "J&#x27;accepte les règles de référencement, audits compris" in page
    drain()
    assert "/documents/" in client.get(url(candidature, "depot")).content.decode()


def test_the_confirmation_of_complements_is_theirs(house: House, client_of: ClientOf):
    candidature = house.asked()
    alice = house.people["alice"]
    item = sheets.overview(candidature.sheet).item("SEC-GOV-01")
    assert item is not None
    sheets.save_answer(
        candidature.sheet, item.criterion, value="met", comment="Signée.", edition=item.edition, user=alice
    )
    filing.return_complements(candidature, actor=alice)
    page = client_of(alice).get(url(candidature, "depot")).content.decode()
    assert "Compléments renvoyés</h1>" in page
    assert "sont dans l'accusé de réception du renvoi" in page


def test_the_steps_ahead_begin_where_the_candidature_is():
    day = date(2026, 3, 3)
    ahead = steps_ahead(Stage.IN_COMMISSION, day)
    assert [(step.by, step.is_current) for step in ahead] == [(day, True), (None, False), (None, False)]
    assert steps_ahead(Stage.INCOMPLETE, day) == steps_ahead(Stage.PUBLISHED, None) == []


# --- Two mandataires at once -----------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_file_at_once_one_files_and_the_other_is_told(
    alice: User, bob: User, simple_version: Version, client_of: ClientOf
):
    join(bob, alice.memberships.get().organisation, profiles=[Profile.JUR], mandated=True)
    candidature = play.answered(alice, simple_version)
    address, start, met = url(candidature, "verifier"), threading.Barrier(2), []
    clients = [client_of(alice), client_of(bob)]
    forms = [{"attests": "on", "seen": 0, "read": check_of(candidature, SUBMIT, alice).attested.print} for _ in clients]

    def file(client: HouseClient, form: dict[str, object]) -> None:
        start.wait()
        try:
            response = client.post(address, form)
            met.append((response.status_code, "Quelqu'un vous a devancé" in response.content.decode()))
        finally:
            connection.close()

    threads = [threading.Thread(target=file, args=pair) for pair in zip(clients, forms, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(met) == [(302, False), (409, True)]
    assert Act.objects.filter(kind="filing").count() == 1
