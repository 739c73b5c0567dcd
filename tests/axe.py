"""Accessibility of a page as axe-core sees it: its rules for RGAA, and its best practices.

axe covers about a third of the criteria of RGAA: no violation is necessary, never sufficient.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": {"type": "tag", "values": ["RGAAv4", "best-practice"]},
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[str]:
    """Return one readable line per violation: page, rule, what is wrong, and where."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{page.url} [{rule['id']}] {rule['help']}: {' '.join(map(str, node['target']))} — {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
    ]
