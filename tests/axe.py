"""Accessibility of a page as axe-core sees it: its rules for RGAA, and its best practices.

axe covers about a third of the criteria of RGAA: no violation is necessary, never sufficient.
"""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page

# The only frames of ours show a proof in the browser's own reader: nothing that we could mend.
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["RGAAv4", "best-practice"]},
    "resultTypes": ["violations"],
    "iframes": False,
}


def bring(context: BrowserContext) -> None:
    """Load axe in every page of a browser as it opens: sending it to each page, to run it, takes twice as long."""
    context.add_init_script(AXE_SCRIPT)


def violations(page: Page, *rules: str) -> list[str]:
    """Return one readable line per violation: page, rule, what is wrong, and where. Its browser must have axe.

    All the rules are tried when none is named.
    """
    options = OPTIONS | {"runOnly": {"type": "rule", "values": list(rules)}} if rules else OPTIONS
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    return [
        f"{page.url} [{rule['id']}] {rule['help']}: {' '.join(map(str, node['target']))} — {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
    ]
