"""Every page of every entrance, as each person who may read it, in a real browser: axe, the dark theme, a telephone."""

import hashlib
import re

import pytest
from playwright.sync_api import Page

from questionnaires.models import Version
from tests import axe
from tests.entrances import declared
from tests.entrances.knocking import House
from tests.entrances.resolver import address
from tests.entrances.scenes import SCENES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASKED = declared.asked()
# What was looked at, in whatever scene: pages by their content; in the dark and on a telephone, one of each entrance.
SEEN: set[str] = set()
SEEN_TWICE: set[str] = set()
SECRET = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')


@pytest.mark.parametrize("scene", SCENES)
def test_every_page_is_clean_for_each_person(scene: str, simple_version: Version, open_page) -> None:
    house = House(scene, simple_version)
    faults = []
    for who, pages in _to_look_at(house, scene).items():
        page = open_page(house.people.by_name[who])
        for name, path in pages:
            page.goto(path)
            faults += axe.violations(page)
            if name not in SEEN_TWICE:
                SEEN_TWICE.add(name)
                faults += _faults_elsewhere(page)
        page.context.close()
    assert faults == []


def _to_look_at(house: House, scene: str) -> dict[str, list[tuple[str, str]]]:
    """Return the pages of each person, less those whose content is the same, word for word, as one looked at already."""
    found: dict[str, list[tuple[str, str]]] = {}
    for who, client in house.clients.items():
        for name in ASKED[scene]:
            answer = client.get(path := address(name, house.values))
            answer.close()  # a proof is sent from a file that stays open until read
            if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
                continue
            main = re.search(r"<main.*</main>", SECRET.sub("", answer.content.decode()), re.DOTALL)
            mark = hashlib.sha256((main[0] if main else "").encode()).hexdigest()
            if mark not in SEEN:
                SEEN.add(mark)
                found.setdefault(who, []).append((name, path))
    return found


def _faults_elsewhere(page: Page) -> list[str]:
    page.emulate_media(color_scheme="dark")
    found = [f"dark: {line}" for line in axe.violations(page, "color-contrast")]
    page.set_viewport_size({"width": 390, "height": 844})
    if page.evaluate("document.body.scrollWidth > innerWidth"):
        found.append(f"{page.url}: wider than 390 px")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    return found
