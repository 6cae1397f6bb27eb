"""Fixtures for all tests, and the rules for slow, real-time and skipped ones."""

import os
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.sound_card import VirtualSoundCard, missing_packages

# A busy machine is no failure.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

if "PYTEST_XDIST_WORKER" in os.environ:
    # With one process per core, torch's own threads only wait for each other: four times slower.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # xdist sets the width of its own reports; the program would wrap its output to that.
    os.environ.pop("COLUMNS", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real-time tests are to run one after the other even where others run in parallel, and so are
    pages that share a server, and calls through a browser that has a server of its own.

    pytest-xdist 3.8 writes the groups into `_nodeid`, which pytest 9.2 no longer reads: until a
    newer one agrees with it, tests of one group run beside each other.
    """
    for item in items:
        needs = getattr(item, "fixturenames", ())
        if "sound_card" in needs or "web" in item.path.parts:
            item.add_marker(pytest.mark.real_time)
            alone = "pages" if "server" in needs else "browser calls"
            group = "real time" if "sound_card" in needs else alone
            item.add_marker(pytest.mark.xdist_group(group))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """REHEARSE_REQUIRE_ALL=1: a test that would be skipped fails, with the same reason."""
    report = yield
    if report.skipped and os.environ.get("REHEARSE_REQUIRE_ALL") == "1":
        report.outcome, report.longrepr = "failed", report.longrepr[2]
    return report


@pytest.fixture
def sound_card() -> Iterator[VirtualSoundCard]:
    """A virtual sound card. Without its packages, the test is skipped."""
    if missing := missing_packages():
        pytest.skip(f"needs a virtual sound card: sudo apt install {' '.join(missing)}")
    with VirtualSoundCard() as card:
        yield card
