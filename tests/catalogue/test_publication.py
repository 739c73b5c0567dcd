"""From the fiche to the public page: what the act holds, what the entry copies, what twice does."""

import pytest

from catalogue.fiches import StaleFiche, draft_of, lacks, payload_of, publish
from catalogue.models import Entry, EntryTag
from catalogue.reactions import open_entry
from catalogue.vocabulary import Status
from journal.models import Event
from referencing.door import Overtaken, Refused, refusals
from referencing.kinds import ActKind
from referencing.models import Act
from referencing.stages import Stage
from tests import play


def publication() -> int:
    return Event.objects.filter(kind="candidature.publish").latest("seq").pk


def test_publishing_files_the_fiche_and_closes_the_candidature(ready, sophie):
    moved = publish(ready, actor=sophie, edition=1, seen=ready.version)
    act = Act.objects.get(candidature=moved, kind=ActKind.FICHE)
    assert moved.stage == Stage.PUBLISHED
    assert act.payload == {
        **play.FICHE,
        "name": "Glyco",
        "ios_url": "",
        "android_url": "",
        "consumer_device": False,
        "medical_device": False,
        "finalities": "",
        "regions": [],
        "exchanges_data": False,
    }


def test_the_public_page_opens_with_what_the_state_checked(entry, published):
    assert (entry.status, entry.slug, entry.candidature) == (Status.EN_LIGNE, "glyco", published)
    assert (entry.name, entry.description) == ("Glyco", "Suivez votre glycémie au quotidien.")
    assert entry.referential == published.sheet.version.title
    assert sum(part["count"] for part in entry.checked) == len(
        Act.objects.get(candidature=published, kind=ActKind.REPORT).payload["verdicts"]
    )
    days = {kind: Act.objects.get(candidature=published, kind=kind).filed_at.date() for kind in ("opinion", "decision")}
    assert {"opinion": entry.opinion_on, "decision": entry.decided_on} == days
    assert entry.ends_on.isoformat() == Act.objects.get(kind=ActKind.CONVENTION).payload["ends_on"]
    assert [(tag.axis, tag.code) for tag in entry.tags.all()] == [("thematic", "PREVENTION_INFO")]
    assert entry.search_text == (
        "glyco suivez votre glycemie au quotidien. un carnet pour les personnes diabetiques. "
        "il se remplit en deux gestes. glyco sas"
    )


def test_opening_twice_opens_once(entry):
    open_entry(publication())
    assert Entry.objects.count() == 1
    assert Event.objects.filter(kind="entry.opened").count() == 1
    assert EntryTag.objects.count() == 1


def test_the_opening_is_in_the_journal(entry):
    event = Event.objects.get(kind="entry.opened")
    assert event.data == {"slug": "glyco", "from": "PRESERIE", "to": "EN_LIGNE"}


def test_two_services_of_one_name_have_two_addresses(entry, alice, simple_version, sophie, emile, simone, marc, mona):
    play.published(alice, simple_version, sophie, emile, simone, (marc, mona), name="Glyço !")
    open_entry(publication())
    assert Entry.objects.get(name="Glyço !").slug == "glyco-2"


def test_a_name_without_letters_has_an_address_too(ready, alice, sophie):
    play.fiche_written(ready, alice, name="???")
    publish(ready, actor=sophie, edition=2)
    open_entry(publication())
    assert Entry.objects.get().get_absolute_url() == "/catalogue/service/"


def test_a_renewal_changes_the_page_only_once_published(
    entry, alice, simple_version, sophie, emile, simone, marc, mona
):
    renewal = play.accepted(alice, simple_version, sophie, emile, simone, (marc, mona), name="Glyco deux")
    renewal.service.candidatures.update(service=entry.service)
    renewal.refresh_from_db()
    play.agreed(renewal, sophie)
    assert draft_of(renewal).description == "Suivez votre glycémie au quotidien."
    play.fiche_written(renewal, alice, description="Une nouvelle phrase.", thematics=["GESTION"], regions=["11"])
    entry.refresh_from_db()
    assert entry.description == "Suivez votre glycémie au quotidien."
    first = publication()
    publish(renewal, actor=sophie, edition=1)
    open_entry(publication())
    open_entry(first)  # late: the page does not go back
    again = Entry.objects.get()
    assert (again.pk, again.slug, again.published_at) == (entry.pk, "glyco", entry.published_at)
    assert (again.description, again.candidature) == ("Une nouvelle phrase.", renewal)
    assert [(tag.axis, tag.code) for tag in again.tags.all()] == [("region", "11"), ("thematic", "GESTION")]


def test_every_lack_of_the_fiche_is_said_at_once(accepted, sophie):
    draft = draft_of(accepted)
    assert [lack.code for lack in lacks(draft)] == [
        "fiche:description",
        "fiche:long_description",
        "fiche:economic_model",
        "fiche:thematics",
        "fiche:web_url",
        "fiche:cgu_url",
    ]
    with pytest.raises(Refused, match="Rédigez la présentation du service"):
        publish(accepted, actor=sophie, edition=0)
    assert {lack.url for lack in lacks(draft)} == {f"/candidatures/{accepted.reference}/fiche/"}


def test_a_service_that_exchanges_data_says_why(accepted):
    accepted.sheet.facts["echange_mes"] = True
    accepted.sheet.save(update_fields=["facts"])
    assert "fiche:finalities" in [lack.code for lack in lacks(draft_of(accepted))]
    assert payload_of(draft_of(accepted))["exchanges_data"] is True


def test_it_is_not_published_before_the_three_signatures(accepted, alice, sophie):
    play.fiche_written(accepted, alice)
    assert [refusal.code for refusal in refusals(accepted, "publish", sophie)] == ["convention"]
    with pytest.raises(Refused, match="La convention n'est pas signée par les trois parties"):
        publish(accepted, actor=sophie, edition=1)


def test_a_fiche_rewritten_since_it_was_read_is_not_published(ready, alice, sophie):
    play.fiche_written(ready, alice, description="Le meilleur carnet du monde.")
    with pytest.raises(StaleFiche, match="Alice Martin a enregistré cette fiche"):
        publish(ready, actor=sophie, edition=1, seen=ready.version)
    ready.refresh_from_db()
    assert ready.stage == Stage.ACCEPTED
    assert not Act.objects.filter(candidature=ready, kind=ActKind.FICHE).exists()


def test_of_two_at_once_the_second_is_overtaken(ready, sophie):
    publish(ready, actor=sophie, edition=1, seen=ready.version)
    with pytest.raises(Overtaken):
        publish(ready, actor=sophie, edition=1, seen=ready.version)


@pytest.mark.parametrize("who", ["alice", "emile", "marc", "simone"])
def test_only_the_support_publishes(ready, who, request):
    with pytest.raises(Refused, match="Cette action revient à : support"):
        publish(ready, actor=request.getfixturevalue(who), edition=1)
