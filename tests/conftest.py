"""Fixtures that every test may use."""

import os
from collections.abc import Iterator

import pytest

from tests.sound_card import VirtualSoundCard, missing_packages

if "PYTEST_XDIST_WORKER" in os.environ:
    # Side by side, threads of torch wait for each other's: four times as long on two cores.
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What goes on in real time runs one after the other, also where tests run side by side."""
    for item in items:
        if "sound_card" in getattr(item, "fixturenames", ()) or "web" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("real time"))


@pytest.fixture
def sound_card() -> Iterator[VirtualSoundCard]:
    """A virtual sound card; a test without one is skipped, or fails where one is required."""
    missing = missing_packages()
    if missing:
        reason = f"needs a virtual sound card: sudo apt install {' '.join(missing)}"
        if os.environ.get("REHEARSE_REQUIRE_SOUND_CARD") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with VirtualSoundCard() as card:
        yield card
