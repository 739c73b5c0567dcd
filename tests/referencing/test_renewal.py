"""Taking up a former candidature: what is carried, what is refused, what the published fiche keeps."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Organisation, User
from catalogue.fiches import draft_of, publish, save_fiche
from catalogue.models import Entry
from catalogue.reactions import open_entry
from evaluation.assignments import assign
from evaluation.reports import conclude, save_draft
from journal.models import Event
from questionnaires import sheets
from questionnaires.models import Answer, Certificate, EvidenceUse, Version
from referencing import filing, renewal
from referencing.door import file_act, move, refusals
from referencing.kinds import ActKind
from referencing.models import Candidature, Service
from referencing.origins import Motive
from referencing.stages import Stage
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
SEALED = {"sha256": "0" * 64, "pages": 1, "attachments": [], "journal_head": "0" * 64}
FACTS = play.SIMPLE | {"dispositif_medical": True, "dmn_certifie": True}


@pytest.fixture
def published(
    alice: User, full_version: Version, sophie: User, emile: User, simone: User, marc: User, mona: User
) -> Candidature:
    """Published in the former référentiel, its public page open."""
    candidature = play.published(alice, full_version, sophie, emile, simone, (marc, mona))
    open_entry(Event.objects.get(kind="candidature.publish").pk)
    return candidature


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, *parts, ""])


def taken(candidature: Candidature, version: Version, actor: User, motive: Motive = Motive.RENEWAL) -> Candidature:
    return renewal.take_up(candidature, motive, version, actor=actor)


def accepted(
    submitted: Candidature, support: User, lead: User, secretary: User, ministry: tuple[User, User]
) -> Candidature:
    """Bring a candidature that was filed by hand to its decision."""
    candidature = filing.admit(submitted, actor=support)
    assign(candidature, lead, actor=support, lead=True)
    play.judge_all(candidature, lead)
    save_draft(candidature, synthesis="Conforme.", recommendation="Avis favorable.", edition=0, actor=lead)
    candidature = conclude(candidature, actor=lead)
    file_act(candidature, ActKind.DOSSIER, actor=None, payload=SEALED)
    candidature = move(candidature, "schedule", actor=support, payload={"seance": "2026-02", "date": "2026-12-01"})
    opinion = {"opinion": "favourable", "reserves": [], "tally": {}, "seance": "2026-02"}
    return play.decided(move(candidature, "give_opinion", actor=secretary, payload=opinion), "accept", ministry)


# --- What is carried -------------------------------------------------------------------------


def test_a_renewal_starts_with_what_was_filed(published: Candidature, full_version: Version, bob: User) -> None:
    opened = taken(published, full_version, bob)
    assert (opened.stage, opened.service, opened.origin, opened.motive) == (
        Stage.DRAFT,
        published.service,
        published,
        "renewal",
    )
    assert (opened.sheet.facts, opened.sheet.orientation_done) == (published.sheet.facts, True)
    answers = Answer.objects.filter(sheet=opened.sheet).select_related("criterion")
    assert {one.criterion.code: (one.value, one.comment) for one in answers} == {
        one.criterion.code: (one.value, one.comment)
        for one in Answer.objects.filter(sheet=published.sheet).select_related("criterion")
    }
    assert {one.carried_from["origin"] for one in answers} == {published.reference}
    assert all(one.to_confirm and one.updated_by == bob for one in answers)
    assert EvidenceUse.objects.filter(answer__sheet=opened.sheet).count() == len(answers)
    event = Event.objects.filter(kind="candidature.opened").latest("seq")
    assert event.data == {
        "version": 0,
        "referential": "petit-complet",
        "origin": published.reference,
        "motive": "renewal",
    }


def test_a_newer_version_merges_and_leaves(published: Candidature, simple_version: Version, alice: User) -> None:
    plan = renewal.prepare(published, Motive.RENEWAL, simple_version).plan
    merged = next(one for one in plan.carried if one.code == "SEC-GOV-01")
    assert (merged.fate, merged.sources) == ("merged", ("SEC-GOV-01", "SEC-GOV-02"))
    assert [one.code for one in plan.left] == ["SEC-GOV-07"]
    opened = taken(published, simple_version, alice)
    answer = Answer.objects.get(sheet=opened.sheet, criterion__code="SEC-GOV-01")
    assert answer.comment == "SEC-GOV-01 : C'est en place.\n\nSEC-GOV-02 : C'est en place."
    assert answer.uses.count() == 1


def test_preparing_writes_nothing(published: Candidature, simple_version: Version) -> None:
    before = [model.objects.count() for model in (Candidature, Answer, EvidenceUse, Event)]
    renewal.prepare(published, Motive.SISTER, simple_version)
    assert [model.objects.count() for model in (Candidature, Answer, EvidenceUse, Event)] == before


def test_the_depot_waits_until_every_obligatory_answer_is_confirmed(
    published: Candidature, full_version: Version, alice: User
) -> None:
    opened = taken(published, full_version, alice)
    waiting = [one.code for one in refusals(opened, "submit", alice)]
    asked = [item for item in sheets.overview(opened.sheet).items if item.may_change]
    assert waiting == [f"criterion:{item.code}" for item in asked if item.criterion.is_mandatory]
    sheets.confirm(opened.sheet, {item.code for item in asked}, alice)
    assert filing.submit(opened, actor=alice).stage == Stage.SUBMITTED


def test_the_certificates_follow_the_service_and_are_checked_again(
    alice: User,
    simple_version: Version,
    sophie: User,
    emile: User,
    simone: User,
    marc: User,
    mona: User,
) -> None:
    candidature = play.published(alice, simple_version, sophie, emile, simone, (marc, mona), facts=FACTS)
    opened = taken(candidature, simple_version, alice)
    copy = Certificate.objects.get(sheet=opened.sheet)
    assert (copy.number, copy.review, copy.checked_by) == ("DMN-2026-114", "to_check", None)
    sister = renewal.take_up(
        candidature,
        Motive.SISTER,
        simple_version,
        actor=alice,
        service=renewal.NewService("Glyco Junior", "Pour les enfants.", ["ios"]),
    )
    assert not Certificate.objects.filter(sheet=sister.sheet).exists()


# --- What is refused -------------------------------------------------------------------------


def test_only_what_is_published_is_renewed(alice: User, simple_version: Version) -> None:
    submitted = play.submitted(alice, simple_version)
    assert [bool(way.refusal) for way in renewal.ways(submitted)] == [True, True, False]
    with pytest.raises(renewal.CannotTakeUp, match="n'est pas publié"):
        taken(submitted, simple_version, alice)


def test_a_draft_gives_nothing_to_take_up(alice: User, simple_version: Version) -> None:
    draft = play.draft(alice, simple_version)
    assert all(way.refusal for way in renewal.ways(draft))


def test_one_renewal_at_a_time(published: Candidature, full_version: Version, alice: User) -> None:
    first = taken(published, full_version, alice)
    with pytest.raises(renewal.CannotTakeUp, match=f"déjà ouverte pour ce service : {first.reference}"):
        taken(published, full_version, alice, Motive.CHANGE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidature.objects.create(
            reference="MES-2026-9999",
            service=published.service,
            sheet=sheets.open_sheet(full_version),
            opened_by=alice,
            opened_at=first.opened_at,
            stage_since=first.stage_since,
            origin=published,
            motive="change",
        )
    filing.withdraw(first, motive="Plus tard.", actor=alice)
    assert taken(published, full_version, alice, Motive.CHANGE).motive == "change"


def test_an_origin_without_a_motive_is_refused(published: Candidature, alice: User, full_version: Version) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidature.objects.filter(pk=published.pk).update(motive="renewal")


def test_a_closed_version_is_refused(published: Candidature, full_version: Version, alice: User) -> None:
    full_version.is_open = False
    full_version.save(update_fields=["is_open"])
    with pytest.raises(renewal.CannotTakeUp, match="plus ouvert"):
        taken(published, full_version, alice)


def test_the_service_of_another_organisation_is_refused(
    published: Candidature, full_version: Version, alice: User, concurrent: Organisation
) -> None:
    stranger = Service.objects.create(organisation=concurrent, name="Autre", purpose="Autre.")
    with pytest.raises(renewal.CannotTakeUp, match="même organisation"):
        renewal.take_up(published, Motive.SISTER, full_version, actor=alice, service=stranger)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_renewals_at_once_one_is_told(published: Candidature, full_version: Version, alice: User) -> None:
    start, said = Barrier(2), []

    def renew() -> None:
        start.wait()
        try:
            said.append(taken(published, full_version, alice).motive)
        except renewal.CannotTakeUp as refused:
            said.append(refused.sentence[:30])
        finally:
            connection.close()

    threads = [Thread(target=renew) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["Une reprise est déjà ouverte p", "renewal"]


# --- The published fiche ---------------------------------------------------------------------


def test_the_fiche_is_left_alone_until_the_renewal_is_published(
    published: Candidature,
    full_version: Version,
    alice: User,
    sophie: User,
    emile: User,
    simone: User,
    marc: User,
    mona: User,
) -> None:
    before = Entry.objects.values().get()
    opened = taken(published, full_version, alice)
    fiche = {name: Entry.objects.values_list(name, flat=True).get() for name in play.FICHE if name != "thematics"}
    save_fiche(opened, actor=alice, edition=0, **fiche | {"description": "Une nouvelle présentation."})
    assert Entry.objects.values().get() == before
    sheets.confirm(opened.sheet, set(full_version.criteria.values_list("code", flat=True)), alice)
    accepted(filing.submit(opened, actor=alice), sophie, emile, simone, (marc, mona))
    play.agreed(Candidature.objects.get(pk=opened.pk), sophie)
    assert Entry.objects.values().get() == before
    publish(Candidature.objects.get(pk=opened.pk), actor=sophie, edition=draft_of(opened).edition)
    open_entry(Event.objects.filter(kind="candidature.publish").latest("seq").pk)
    entry = Entry.objects.get()
    assert (entry.candidature, entry.slug, entry.description) == (
        opened,
        before["slug"],
        "Une nouvelle présentation.",
    )
    assert entry.published_at == before["published_at"]
    assert "publié de nouveau depuis" in renewal.refusal(published, Motive.RENEWAL)
    assert renewal.refusal(Candidature.objects.get(pk=opened.pk), Motive.RENEWAL) == ""


def test_a_renewal_withdrawn_leaves_the_fiche(published: Candidature, full_version: Version, alice: User) -> None:
    before = Entry.objects.values().get()
    filing.withdraw(taken(published, full_version, alice), motive="Plus tard.", actor=alice)
    assert Entry.objects.values().get() == before


# --- The pages -------------------------------------------------------------------------------


def test_the_page_shows_the_three_ways_then_the_plan(
    published: Candidature, simple_version: Version, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    page = client.get(url(published, "reprendre")).content.decode()
    assert page.count("Voir ce qui serait repris") == 3
    assert "La convention court jusqu'au" in page
    plan = client.get(url(published, "reprendre"), {"motif": "renewal"}).content.decode()
    assert "réunit SEC-GOV-01, SEC-GOV-02" in plan
    assert "Cette exigence ne figure plus dans le référentiel choisi." in plan
    same = client.get(url(published, "reprendre"), {"motif": "renewal", "version": "petit-complet"}).content.decode()
    assert "réunit" not in same


def test_sending_it_opens_the_draft(
    published: Candidature, simple_version: Version, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    sent = client.post(url(published, "reprendre"), {"motif": "renewal", "version": "petit-simplifie"})
    opened = Candidature.objects.get(origin=published)
    assert sent.headers["Location"] == url(opened, "orientation", "resultat")
    assert f'reprend <a href="{url(published)}"' in client.get(url(opened)).content.decode()
    again = client.post(url(published, "reprendre"), {"motif": "renewal", "version": "petit-simplifie"})
    assert (again.status_code, opened.reference in again.content.decode()) == (422, True)


def test_a_sister_product_says_which_service(
    published: Candidature, simple_version: Version, alice: User, client_of: ClientOf
) -> None:
    client, form = client_of(alice), {"motif": "sister", "version": "petit-simplifie", "name": "Glyco"}
    page = client.post(url(published, "reprendre"), form)
    assert page.status_code == 422
    assert "Votre organisation a déjà un service de ce nom" in page.content.decode()
    assert 'value="Glyco"' in page.content.decode()
    client.post(url(published, "reprendre"), {**form, "name": "Glyco Junior", "purpose": "P.", "declinations": ["ios"]})
    assert Candidature.objects.get(motive="sister").service.name == "Glyco Junior"


@pytest.mark.parametrize("query", [{"motif": "autre"}, {"motif": "renewal", "version": "inconnue"}, {}])
def test_a_strange_address_is_still_a_page(
    published: Candidature, alice: User, client_of: ClientOf, query: dict[str, str]
) -> None:
    assert client_of(alice).get(url(published, "reprendre"), query).status_code == 200


def test_answers_are_confirmed_one_by_one_or_by_section(
    published: Candidature, full_version: Version, alice: User, client_of: ClientOf
) -> None:
    opened, client = taken(published, full_version, alice), client_of(alice)
    waiting = sheets.overview(opened.sheet).to_confirm
    assert f"{waiting}\xa0réponses à confirmer" in client.get(url(opened, "questionnaires")).content.decode()
    criterion = client.get(url(opened, "criteres", "ADM-02")).content.decode()
    assert f"Réponse reprise de {published.reference}, à confirmer" in criterion
    sent = client.post(url(opened, "a-confirmer", "enregistrer"), {"code": "ADM-02", "back": "ADM-02"})
    assert sent.headers["Location"] == url(opened, "criteres", "ADM-02")
    section = {"code": ["SEC-GOV-01", "SEC-GOV-02", "SEC-GOV-07"]}
    page = client.post(url(opened, "a-confirmer", "enregistrer"), section, follow=True).content.decode()
    assert "3\xa0réponses confirmées." in page
    assert sheets.overview(opened.sheet).to_confirm == waiting - 4
    strange = client.post(url(opened, "a-confirmer", "enregistrer"), {"code": "ADM-99", "back": "//ailleurs"})
    assert strange.headers["Location"] == url(opened, "a-confirmer")


def test_the_list_to_confirm_costs_the_same_whatever_its_length(
    published: Candidature, full_version: Version, alice: User, client_of: ClientOf, django_assert_num_queries
) -> None:
    opened, client = taken(published, full_version, alice), client_of(alice)
    client.get(url(opened, "a-confirmer"))
    with django_assert_num_queries(16):
        client.get(url(opened, "a-confirmer"))
    sheets.confirm(opened.sheet, {"ADM-02", "ADM-04", "SEC-GOV-01"}, alice)
    with django_assert_num_queries(16):
        client.get(url(opened, "a-confirmer"))
