"""`rehearse demo`: one whole call, from anywhere, without a microphone."""

import re
from pathlib import Path

import pytest

from tests.program import rehearse


@pytest.mark.slow
def test_the_demo_call_is_held_scored_and_kept(tmp_path: Path) -> None:
    outcome = rehearse(tmp_path, "demo", "--no-fluency")
    assert outcome.status == 0, outcome.err
    assert re.search(r"Business contribution: +COVERED", outcome.out)
    assert re.search(r"Critical question: +COVERED", outcome.out)
    assert len(list((tmp_path / "rehearsals").iterdir())) == 1
