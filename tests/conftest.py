"""What every test may ask for: the cast, a client, a drained outbox, a browser. See also tests/play.py."""

import random
import signal
from collections.abc import Callable

import pytest
from hypothesis import settings as hypothesis_settings

pytest.register_assert_rewrite("tests.play", "tests.axe", "tests.browser")
pytest_plugins = [
    "tests.fixtures.flush",
    "tests.fixtures.people",
    "tests.fixtures.referentials",
    "tests.fixtures.servers",
    "tests.fixtures.browser",
]

# The same examples on every machine, and no opinion on how long one takes on a shared machine.
hypothesis_settings.register_profile("house", derandomize=True, deadline=None)
hypothesis_settings.load_profile("house")


def pytest_configure() -> None:
    """Stopped from outside (`make test` interrupted), tear down the servers that a test started."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser last: its event loop stays in the main thread until the end (tests/fixtures/browser.py)."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """What a process remembers of the référentiels would outlive the database of one test."""
    from questionnaires import published

    published.criterion.cache_clear()


@pytest.fixture(autouse=True)
def _same_chance_every_time() -> None:
    random.seed(20_26)


@pytest.fixture
def drain() -> Callable[[], int]:
    """Return a function that does everything the outbox owes now, and counts it."""
    from journal import outbox

    def until_quiet() -> int:
        total = 0
        for _ in range(50):
            done = outbox.drain()
            total += done
            if not done:
                return total
        raise AssertionError("the outbox never gets quiet: a reaction calls itself")

    return until_quiet
