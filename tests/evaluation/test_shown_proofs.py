"""How each proof opens in the page, and where."""

from datetime import date
from typing import Any

import pytest

from evaluation.proofs import shown

pytestmark = pytest.mark.once


def proof(media_type: str, **more: Any) -> dict[str, Any]:
    return {
        "media_type": media_type,
        "note": "",
        "address": "",
        "expires_on": "",
        "sha256": "a",
        "title": "Bail",
        **more,
    }


@pytest.mark.parametrize(
    ("filed", "shape", "fragment"),
    [
        (proof("application/pdf"), "pdf", "#toolbar=0&navpanes=0&view=FitH"),
        (proof("application/pdf", note="p. 12 à 14"), "pdf", "#page=12&toolbar=0&navpanes=0&view=FitH"),
        (proof("image/png", note="p. 3"), "image", ""),
        (proof("video/mp4", note="à 2:35"), "video", "#t=155"),
        (proof("video/webm", note="vers la fin"), "video", ""),
        (proof("text/uri-list", address="https://exemple.fr/aide?x=1"), "link", ""),
        (proof("application/zip", note="p. 3"), "file", ""),
    ],
)
def test_a_proof_opens_as_what_it_is(filed: dict[str, Any], shape: str, fragment: str):
    (found,) = shown([filed], new=(), today=date(2026, 3, 3))
    assert (found.shape, found.fragment) == (shape, fragment)


def test_a_link_says_the_site_it_leads_to():
    address = "https://exemple.fr@pirate.example/aide"
    (found,) = shown([proof("text/uri-list", address=address)], new=(), today=date(2026, 3, 3))
    assert found.site == "pirate.example"


def test_what_is_new_and_what_has_expired_is_said():
    filed = [proof("text/plain", sha256="a", expires_on="2026-03-02"), proof("text/plain", sha256="b")]
    found = shown(filed, new={"b"}, today=date(2026, 3, 3))
    assert [(one.number, one.is_new, one.is_expired) for one in found] == [(1, False, True), (2, True, False)]
