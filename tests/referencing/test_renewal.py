"""Taking up a former candidature: what is carried, what is refused, what the published fiche keeps."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Organisation, User
from catalogue.fiches import draft_of, publish, save_fiche
from catalogue.models import Entry
from catalogue.reactions import open_entry
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


def taken(candidature: Candidature, version: Version, actor: User, motive: Motive = Motive.RENEWAL) -> Candidature:
    return renewal.take_up(candidature, motive, version, actor=actor)


def accepted(
    submitted: Candidature, support: User, lead: User, secretary: User, ministry: tuple[User, User]
) -> Candidature:
    """Bring a candidature that was filed by hand to its decision."""
    candidature = filing.admit(submitted, actor=support)
    play.assign(candidature, lead, actor=support, lead=True)
    play.judge_all(candidature, lead)
    save_draft(candidature, synthesis="Conforme.", recommendation="Avis favorable.", edition=0, actor=lead)
    candidature = conclude(candidature, actor=lead)
    file_act(candidature, ActKind.DOSSIER, actor=None, payload=SEALED)
    candidature = move(candidature, "schedule", actor=support, payload={"seance": "2026-02", "date": "2026-12-01"})
    opinion = {"opinion": "favourable", "reserves": [], "tally": {}, "seance": "2026-02"}
    return play.decided(move(candidature, "give_opinion", actor=secretary, payload=opinion), "accept", ministry)


# --- What is carried -------------------------------------------------------------------------


def test_a_renewal_starts_with_what_was_filed(renewable: Candidature, full_version: Version, bob: User) -> None:
    opened = taken(renewable, full_version, bob)
    assert (opened.stage, opened.service, opened.origin, opened.motive) == (
        Stage.DRAFT,
        renewable.service,
        renewable,
        "renewal",
    )
    assert (opened.sheet.facts, opened.sheet.orientation_done) == (renewable.sheet.facts, True)
    answers = Answer.objects.filter(sheet=opened.sheet).select_related("criterion")
    assert {one.criterion.code: (one.value, one.comment) for one in answers} == {
        one.criterion.code: (one.value, one.comment)
        for one in Answer.objects.filter(sheet=renewable.sheet).select_related("criterion")
    }
    assert {one.carried_from["origin"] for one in answers} == {renewable.reference}
    assert all(one.to_confirm and one.updated_by == bob for one in answers)
    assert EvidenceUse.objects.filter(answer__sheet=opened.sheet).count() == len(answers)
    event = Event.objects.filter(kind="candidature.opened").latest("seq")
    assert event.data == {
        "version": 0,
        "referential": "petit-complet",
        "origin": renewable.reference,
        "motive": "renewal",
    }


def test_a_newer_version_merges_and_leaves(renewable: Candidature, simple_version: Version, alice: User) -> None:
    plan = renewal.prepare(renewable, Motive.RENEWAL, simple_version).plan
    merged = next(one for one in plan.carried if one.code == "SEC-GOV-01")
    assert (merged.fate, merged.sources) == ("merged", ("SEC-GOV-01", "SEC-GOV-02"))
    assert [one.code for one in plan.left] == ["SEC-GOV-07"]
    opened = taken(renewable, simple_version, alice)
    answer = Answer.objects.get(sheet=opened.sheet, criterion__code="SEC-GOV-01")
    assert answer.comment == "SEC-GOV-01 : C'est en place.\n\nSEC-GOV-02 : C'est en place."
    assert answer.uses.count() == 1


def test_preparing_writes_nothing(renewable: Candidature, simple_version: Version) -> None:
    before = [model.objects.count() for model in (Candidature, Answer, EvidenceUse, Event)]
    renewal.prepare(renewable, Motive.SISTER, simple_version)
    assert [model.objects.count() for model in (Candidature, Answer, EvidenceUse, Event)] == before


def test_the_depot_waits_until_every_obligatory_answer_is_confirmed(
    renewable: Candidature, full_version: Version, alice: User
) -> None:
    opened = taken(renewable, full_version, alice)
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


def test_one_renewal_at_a_time(renewable: Candidature, full_version: Version, alice: User) -> None:
    first = taken(renewable, full_version, alice)
    with pytest.raises(renewal.CannotTakeUp, match=f"déjà ouverte pour ce service : {first.reference}"):
        taken(renewable, full_version, alice, Motive.CHANGE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidature.objects.create(
            reference="MES-2026-9999",
            service=renewable.service,
            sheet=sheets.open_sheet(full_version),
            opened_by=alice,
            opened_at=first.opened_at,
            stage_since=first.stage_since,
            origin=renewable,
            motive="change",
        )
    filing.withdraw(first, motive="Plus tard.", actor=alice)
    assert taken(renewable, full_version, alice, Motive.CHANGE).motive == "change"


def test_an_origin_without_a_motive_is_refused(renewable: Candidature, alice: User, full_version: Version) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidature.objects.filter(pk=renewable.pk).update(motive="renewal")


def test_a_closed_version_is_refused(renewable: Candidature, full_version: Version, alice: User) -> None:
    full_version.is_open = False
    full_version.save(update_fields=["is_open"])
    with pytest.raises(renewal.CannotTakeUp, match="plus ouvert"):
        taken(renewable, full_version, alice)


def test_the_service_of_another_organisation_is_refused(
    renewable: Candidature, full_version: Version, alice: User, concurrent: Organisation
) -> None:
    stranger = Service.objects.create(organisation=concurrent, name="Autre", purpose="Autre.")
    with pytest.raises(renewal.CannotTakeUp, match="même organisation"):
        renewal.take_up(renewable, Motive.SISTER, full_version, actor=alice, service=stranger)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_renewals_at_once_one_is_told(renewable: Candidature, full_version: Version, alice: User) -> None:
    start, said = Barrier(2), []

    def renew() -> None:
        start.wait()
        try:
            said.append(taken(renewable, full_version, alice).motive)
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
    renewable: Candidature,
    full_version: Version,
    alice: User,
    sophie: User,
    emile: User,
    simone: User,
    marc: User,
    mona: User,
) -> None:
    before = Entry.objects.values().get()
    opened = taken(renewable, full_version, alice)
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
    assert "publié de nouveau depuis" in renewal.refusal(renewable, Motive.RENEWAL)
    assert renewal.refusal(Candidature.objects.get(pk=opened.pk), Motive.RENEWAL) == ""


def test_a_renewal_withdrawn_leaves_the_fiche(renewable: Candidature, full_version: Version, alice: User) -> None:
    before = Entry.objects.values().get()
    filing.withdraw(taken(renewable, full_version, alice), motive="Plus tard.", actor=alice)
    assert Entry.objects.values().get() == before
