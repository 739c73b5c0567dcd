"""The fiche being written, and the entry that the public reads."""

from catalogue.models.entry import Entry, EntryTag
from catalogue.models.fiche import FicheDraft

__all__ = ["Entry", "EntryTag", "FicheDraft"]
