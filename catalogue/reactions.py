"""What follows the publication of a candidature: its public page opens, or is rewritten."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from catalogue.models import Entry, EntryTag
from catalogue.models.fiche import PUBLIC_FIELDS
from catalogue.search import fold
from catalogue.vocabulary import Status
from journal.models import Event
from journal.record import record
from questionnaires.models import Criterion
from referencing.kinds import ActKind
from referencing.models import Act, Candidature, Service


@transaction.atomic
def open_entry(event_seq: int) -> None:
    """Copy the act FICHE filed by a publication to the entry of the service. Twice, or late, changes nothing.

    A service referenced again keeps its address: only what the page says changes.
    """
    act = Act.objects.select_related("candidature__service__organisation", "candidature__sheet__version").get(
        event=event_seq, kind=ActKind.FICHE
    )
    service = Service.objects.select_for_update(of=("self",)).get(pk=act.candidature.service_id)
    entry = Entry.objects.filter(service=service).first()
    if entry and entry.act_id >= act.pk:
        return
    entry = entry or Entry(service=service, slug=_free_slug(act.payload["name"]), published_at=act.filed_at)
    before = str(entry.status)
    _copy(act, entry)
    if entry.status != Status.EN_LIGNE:
        entry.go_online()
    entry.save()
    _tag(entry, act.payload)
    event = Event.objects.get(pk=event_seq)
    data = {"slug": entry.slug, "from": before, "to": str(entry.status)}
    record("entry.opened", event.subject, actor=event.actor, data=data)


def _copy(act: Act, entry: Entry) -> None:
    candidature, payload = act.candidature, act.payload
    for name in PUBLIC_FIELDS:
        if name in payload:
            setattr(entry, name, payload[name])
    entry.candidature, entry.act = candidature, act
    entry.exchanges_data = bool(payload.get("exchanges_data"))
    entry.referential = candidature.sheet.version.title
    entry.checked = _checked(candidature)
    entry.opinion_on = _day_of(candidature, ActKind.OPINION)
    entry.decided_on = _day_of(candidature, ActKind.DECISION)
    entry.ends_on = date.fromisoformat(_last(candidature, ActKind.CONVENTION).payload["ends_on"])
    entry.updated_at = act.filed_at
    texts = (entry.name, entry.description, entry.long_description, candidature.organisation.name)
    entry.search_text = fold(" ".join(texts))


def _last(candidature: Candidature, kind: ActKind) -> Act:
    return candidature.acts.of_kind(kind).latest("pk")


def _day_of(candidature: Candidature, kind: ActKind) -> date:
    return timezone.localdate(_last(candidature, kind).filed_at)


def _checked(candidature: Candidature) -> list[dict[str, Any]]:
    """Count the criteria that the report judged, by questionnaire, in their order."""
    codes = list(_last(candidature, ActKind.REPORT).payload["verdicts"])
    judged = Criterion.objects.filter(version=candidature.sheet.version, code__in=codes)
    titles = judged.order_by("section__questionnaire__order").values_list("section__questionnaire__title", flat=True)
    return [{"title": title, "count": count} for title, count in Counter(titles).items()]


def _tag(entry: Entry, payload: dict[str, Any]) -> None:
    entry.tags.all().delete()
    EntryTag.objects.bulk_create(
        [EntryTag(entry=entry, axis=EntryTag.Axis.THEMATIC, code=code) for code in payload["thematics"]]
        + [EntryTag(entry=entry, axis=EntryTag.Axis.REGION, code=code) for code in payload.get("regions", [])]
    )


def _free_slug(name: str) -> str:
    """Return an address nobody has: « mon-glucose », then « mon-glucose-2 »."""
    base = slugify(name)[:70] or "service"
    taken = set(Entry.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
