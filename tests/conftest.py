"""Fixtures for all tests, and the rules for slow, real-time and skipped ones."""

import os
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import side_by_side
from tests.sound_card import VirtualSoundCard, missing_packages

# A busy machine is no failure.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

IN_A_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if IN_A_WORKER:
    # With one process per core, torch's own threads only wait for each other: four times slower.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # xdist sets the width of its own reports; the program would wrap its output to that.
    os.environ.pop("COLUMNS", None)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """None: the one that xdist makes for its option --dist."""
    return side_by_side.SideBySide(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "sound_card" in getattr(item, "fixturenames", ()) or "web" in item.path.parts:
            item.add_marker(pytest.mark.real_time)
    if IN_A_WORKER:
        side_by_side.longest_first(items)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    if IN_A_WORKER:
        side_by_side.make_way(item)


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
