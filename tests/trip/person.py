"""Someone at their browser, in the words of a story: they open, follow, press, write, choose.

Every page they come to is looked at: one h1, no page wider than the screen at 1280 nor at 390 px, and, where scripts
run, nothing that axe finds. What is wrong is noted, and the test expects no note in the end.
"""

from dataclasses import dataclass, field

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.axe import violations


@dataclass
class Notes:
    """What a whole company keeps: faults found, addresses whose width is known, browsers that a person left."""

    scripts: bool
    faults: list[str] = field(default_factory=list)
    measured: set[str] = field(default_factory=set)
    free: list[Page] = field(default_factory=list)


class Person:
    def __init__(self, page: Page, notes: Notes) -> None:
        self.page = page
        self.notes = notes

    # --- Going somewhere ---------------------------------------------------------------------
    def opens(self, name: str, *args: object) -> None:
        self.page.goto(reverse(name, args=args))
        self.looks()

    def follows(self, link: str, *, within: str = "main") -> None:
        self._goes(self.page.locator(within).get_by_role("link", name=link).first)

    def presses(self, button: str, *, within: str = "main") -> None:
        self._goes(self.page.locator(within).get_by_role("button", name=button, exact=True).first)

    def leaves(self) -> None:
        self.page.goto("about:blank")
        self.notes.free.append(self.page)

    # --- Filling a form; the box that DSFR draws is in the label, above the real one: hence `force` ----------------
    def writes(self, label: str, text: str) -> None:
        self.page.locator("main").get_by_role("textbox", name=label).fill(text)

    def chooses(self, choice: str, *, of: str) -> None:
        self.page.get_by_role("group", name=of).get_by_label(choice, exact=True).check(force=True)

    def ticks(self, box: str) -> None:
        self.page.get_by_role("checkbox", name=box).check(force=True)

    def selects(self, option: str, *, of: str, group: str = "") -> None:
        where = self.page.get_by_role("group", name=group) if group else self.page
        where.get_by_role("combobox", name=of).select_option(label=option)

    def gives(self, name: str, content: bytes, *, as_: str) -> None:
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.get_by_label(as_).set_input_files(file)

    # --- Reading -----------------------------------------------------------------------------
    def reads(self, sentence: str) -> None:
        expect(self.page.locator("main")).to_contain_text(sentence)

    def is_on(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def downloads(self, link: str) -> bytes:
        """Return the PDF behind a link of the page."""
        address = self.page.locator("main").get_by_role("link", name=link).first.get_attribute("href")
        response = self.page.request.get(address or "")
        assert (response.status, response.headers["content-type"]) == (200, "application/pdf"), address
        return response.body()

    def looks(self) -> None:
        """Note what is wrong with the page in front of them. Its width is measured once for each address."""
        where = self.page.url
        count = self.page.locator("h1").count()
        if count != 1:
            self.notes.faults.append(f"{where}: {count} h1")
        if not self.notes.scripts:
            return
        self.notes.faults += violations(self.page)
        if where not in self.notes.measured:
            self.notes.measured.add(where)
            self.notes.faults += [f"{where}: wider than {width} px" for width in (390, 1280) if self._overflows(width)]

    def _overflows(self, width: int) -> bool:
        self.page.set_viewport_size({"width": width, "height": 900})
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))

    def _goes(self, target: Locator) -> None:
        with self.page.expect_navigation():
            target.click()
        self.looks()
