"""The proofs of a criterion as the workspace shows them: how each one opens, and at which place. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from evaluation.whereabouts import Place, moment_in, places_in
from kit.files import PDF, VIDEOS

IMAGES = frozenset({"image/png", "image/jpeg"})


@dataclass(frozen=True)
class ShownProof:
    """One proof. `number` is what the keyboard calls it; `filed` is its entry in the snapshot.

    `shape` is how it opens in the page: "pdf", "image", "video", "link" (an address), or "file" (to be downloaded).
    """

    number: int
    filed: Mapping[str, Any]
    shape: str
    places: tuple[Place, ...]
    moment: int | None
    is_new: bool
    is_expired: bool

    @property
    def fragment(self) -> str:
        """What opens the file at the right place: `#page=12&…` in a PDF, `#t=155` in a video."""
        if self.shape == "video":
            return f"#t={self.moment}" if self.moment is not None else ""
        return f"#{self._page}toolbar=0&navpanes=0&view=FitH" if self.shape == "pdf" else ""

    @property
    def _page(self) -> str:
        return f"page={self.places[0].first}&" if self.places else ""

    @property
    def site(self) -> str:
        """The domain of a link, so that one knows where it leads before following it."""
        return urlsplit(str(self.filed.get("address", ""))).hostname or ""


def shown(proofs: Sequence[Mapping[str, Any]], *, new: Collection[str], today: date) -> tuple[ShownProof, ...]:
    """Return the proofs in their order; `new` has the sha-256 of those given since the verdict before."""
    return tuple(
        ShownProof(
            number=number,
            filed=proof,
            shape=shape_of(proof),
            places=places_in(proof["note"]) if proof["media_type"] == PDF else (),
            moment=moment_in(proof["note"]) if proof["media_type"] in VIDEOS else None,
            is_new=proof["sha256"] in new,
            is_expired=bool(proof["expires_on"]) and date.fromisoformat(proof["expires_on"]) < today,
        )
        for number, proof in enumerate(proofs, start=1)
    )


def shape_of(proof: Mapping[str, Any]) -> str:
    media_type = proof["media_type"]
    if media_type == PDF:
        return "pdf"
    if media_type in IMAGES:
        return "image"
    if media_type in VIDEOS:
        return "video"
    return "link" if proof.get("address") else "file"
