"""The faults of docs/reliability.md, each tried a few times; benchmarks.faults tries them often."""

import argparse
import sys
from pathlib import Path

import pytest

from benchmarks.faults.__main__ import GROUPS
from tests.sound_card import missing_packages

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(sys.platform != "linux", reason="for Linux"),
]
FEW = argparse.Namespace(kills=3, calls=4, rehearsals=100)


@pytest.mark.parametrize("group", GROUPS)
def test_every_row_is_as_it_should_be(tmp_path: Path, group: str) -> None:
    if group in ("kills", "sound", "suspend") and (missing := missing_packages()):
        pytest.skip(f"needs a virtual sound card: sudo apt install {' '.join(missing)}")
    rows = list(GROUPS[group](tmp_path, FEW))
    assert rows
    assert [str(row) for row in rows if not row.ok] == []
