"""A fiche as the public reads it, from an entry or from a draft: the preview and the page are the same drawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from catalogue.models import Entry, EntryTag, FicheDraft
from catalogue.vocabulary import Device, EconomicModel, Region, Thematic

if TYPE_CHECKING:
    from catalogue.models.fiche import PublicFields


@dataclass(frozen=True)
class Checked:
    """What the State checked, and when. `parts` are (title of questionnaire, number of criteria)."""

    referential: str
    parts: tuple[tuple[str, int], ...]
    opinion_on: date
    decided_on: date
    ends_on: date
    published_at: datetime

    @property
    def total(self) -> int:
        return sum(count for _, count in self.parts)


@dataclass(frozen=True)
class Shown:
    """Everything the public page says. `checked` is None in a preview: nothing is decided yet."""

    name: str
    description: str
    paragraphs: str
    editor: str
    price: str
    addresses: tuple[tuple[str, str], ...]
    cgu_url: str
    consumer_device: bool
    medical_device: bool
    thematics: tuple[str, ...]
    regions: tuple[str, ...]
    exchanges_data: bool
    finalities: tuple[str, ...]
    is_suspended: bool
    checked: Checked | None

    @property
    def devices(self) -> str:
        return ", ".join(label for label, _ in self.addresses)


def of_entry(entry: Entry) -> Shown:
    """Show a published service; its tags and its éditeur should come with it (`with_words`)."""
    tags = list(entry.tags.all())
    parts = tuple((part["title"], part["count"]) for part in entry.checked)
    return _shown(
        entry,
        editor=entry.service.organisation.name,
        thematics=[tag.code for tag in tags if tag.axis == EntryTag.Axis.THEMATIC],
        regions=[tag.code for tag in tags if tag.axis == EntryTag.Axis.REGION],
        exchanges_data=entry.exchanges_data,
        is_suspended=entry.is_suspended,
        checked=Checked(
            entry.referential, parts, entry.opinion_on, entry.decided_on, entry.ends_on, entry.published_at
        ),
    )


def of_draft(draft: FicheDraft, *, editor: str, exchanges_data: bool) -> Shown:
    """Show a fiche before its publication."""
    return _shown(draft, editor=editor, thematics=draft.thematics, regions=draft.regions, exchanges_data=exchanges_data)


def _shown(
    fields: PublicFields,
    *,
    editor: str,
    thematics: list[str],
    regions: list[str],
    exchanges_data: bool,
    is_suspended: bool = False,
    checked: Checked | None = None,
) -> Shown:
    addresses = [(str(device.label), getattr(fields, f"{device.value}_url")) for device in Device]
    return Shown(
        name=fields.name,
        description=fields.description,
        paragraphs=fields.long_description,
        editor=editor,
        price=str(EconomicModel(fields.economic_model).label) if fields.economic_model else "",
        addresses=tuple((label, address) for label, address in addresses if address),
        cgu_url=fields.cgu_url,
        consumer_device=fields.consumer_device,
        medical_device=fields.medical_device,
        thematics=tuple(str(one.label) for one in Thematic if one.value in thematics),
        regions=tuple(str(one.label) for one in Region if one.value in regions),
        exchanges_data=exchanges_data,
        finalities=tuple(line.strip() for line in fields.finalities.splitlines() if line.strip()),
        is_suspended=is_suspended,
        checked=checked,
    )
