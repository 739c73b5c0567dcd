"""Writing the fiche of a candidature, then publishing it. Views, demonstration and tests all come here."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalogue.models import Entry, EntryTag, FicheDraft
from catalogue.models.fiche import PUBLIC_FIELDS
from journal.record import record
from referencing.door import Refused, move
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.stages import OPEN

WRITTEN_FIELDS = (*PUBLIC_FIELDS, "thematics", "regions")
WHO = "l'éditeur ou le support"


class StaleFiche(Exception):
    """Somebody saved the fiche meanwhile: `theirs` is what is on file."""

    def __init__(self, theirs: FicheDraft) -> None:
        super().__init__(f"{theirs.updated_by} a enregistré cette fiche pendant que vous la remplissiez.")
        self.theirs = theirs


def draft_of(candidature: Candidature) -> FicheDraft:
    """Return the fiche of a candidature; not saved yet, and filled with what is already known, when nobody wrote it."""
    drafts = FicheDraft.objects.select_related("updated_by", "candidature__sheet")
    known = drafts.filter(candidature=candidature).first()
    if known:
        return known
    entry = Entry.objects.filter(service=candidature.service_id).prefetch_related("tags").first()
    if entry is None:
        return FicheDraft(candidature=candidature, name=candidature.service.name)
    tags = list(entry.tags.all())
    return FicheDraft(
        candidature=candidature,
        thematics=[tag.code for tag in tags if tag.axis == EntryTag.Axis.THEMATIC],
        regions=[tag.code for tag in tags if tag.axis == EntryTag.Axis.REGION],
        **{name: getattr(entry, name) for name in PUBLIC_FIELDS},
    )


@transaction.atomic
def save_fiche(candidature: Candidature, *, actor: User, edition: int, **fields: Any) -> FicheDraft:
    """Keep the fiche as it is, complete or not; `edition` is that of the fiche read before writing, 0 if none.

    `fields` are those of `WRITTEN_FIELDS` to change. Raises `Refused` once the candidature is closed, `StaleFiche`
    when somebody saved since `edition`. The caller has checked the right "write_fiche".
    """
    locked = Candidature.objects.locked().get(pk=candidature.pk)
    if locked.stage not in OPEN:
        raise Refused([Refusal("stage", "La candidature est close : sa fiche ne change plus.")])
    draft = draft_of(candidature)
    if draft.edition != edition:
        raise StaleFiche(draft)
    for name, value in fields.items():
        if name not in WRITTEN_FIELDS:
            raise TypeError(f"la fiche n'a pas de champ {name}")
        setattr(draft, name, value)
    draft.edition, draft.updated_by, draft.updated_at = edition + 1, actor, timezone.now()
    draft.save()
    record("fiche.saved", candidature.reference, actor=actor, data={"edition": draft.edition})
    return draft


def exchanges_data(candidature: Candidature) -> bool:
    return bool(candidature.sheet.facts.get("echange_mes"))


def lacks(draft: FicheDraft) -> list[Refusal]:
    """Return what the public would miss: one sentence each, with where to mend it."""
    wanted = (
        ("description", draft.description, "Dites en une phrase ce que fait le service."),
        ("long_description", draft.long_description, "Rédigez la présentation du service."),
        ("economic_model", draft.economic_model, "Indiquez le prix du service."),
        ("thematics", draft.thematics, "Choisissez au moins une thématique."),
        (
            "web_url",
            draft.web_url or draft.ios_url or draft.android_url,
            "Donnez au moins une adresse où trouver le service : site, App Store ou Google Play.",
        ),
        ("cgu_url", draft.cgu_url, "Donnez l'adresse des conditions d'utilisation."),
        (
            "finalities",
            draft.finalities or not exchanges_data(draft.candidature),
            "Le service échange des données : dites lesquelles et pourquoi, une finalité par ligne.",
        ),
    )
    reference = draft.candidature.reference
    return [
        Refusal(f"fiche:{name}", sentence, WHO, "catalogue:fiche", reference=reference)
        for name, value, sentence in wanted
        if not value
    ]


def payload_of(draft: FicheDraft) -> dict[str, Any]:
    """Return the content of the act FICHE."""
    fields = {name: getattr(draft, name) for name in WRITTEN_FIELDS}
    return {**fields, "exchanges_data": exchanges_data(draft.candidature)}


def publish(candidature: Candidature, *, actor: User, edition: int, seen: int | None = None) -> Candidature:
    """Publish the service with its fiche; `edition` is that of the fiche the support read again.

    Raises `Refused` with what is missing, `StaleFiche` when the fiche was saved since `edition`, `Overtaken` when
    somebody was faster.
    """

    def complete_fiche(locked: Candidature) -> dict[str, Any]:
        draft = draft_of(locked)
        if draft.edition != edition:
            raise StaleFiche(draft)
        if missing := lacks(draft):
            raise Refused(missing)
        return payload_of(draft)

    return move(candidature, "publish", actor=actor, payload=complete_fiche, seen=seen)


def may_change(candidature: Candidature) -> bool:
    return candidature.stage in OPEN
