"""`rehearse demo`: one whole call, from anywhere, without a microphone."""

import re
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from tests.program import command, rehearse
from tests.sound_card import VirtualSoundCard


@pytest.mark.slow
def test_the_demo_call_is_held_scored_and_kept(tmp_path: Path) -> None:
    outcome = rehearse(tmp_path, "demo", "--no-fluency", "--no-sound")
    assert outcome.status == 0, outcome.err
    assert re.search(r"Business contribution: +COVERED", outcome.out)
    assert re.search(r"Critical question: +COVERED", outcome.out)
    assert len(list((tmp_path / "rehearsals").iterdir())) == 1


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_both_sides_of_the_demo_are_heard_where_there_is_a_loudspeaker(
    tmp_path: Path, sound_card: VirtualSoundCard
) -> None:
    demo = subprocess.Popen(
        command(tmp_path, "demo", "--no-fluency"),
        env={**sound_card.env, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert demo.stdout is not None

    def until(words: str) -> None:
        while words not in (line := demo.stdout.readline()):  # type: ignore[union-attr]
            assert line, f"the demo ended before {words}"

    until("Somebody picks up.")
    sound_card.start_capture()
    until("You: (a recording speaks for you)")
    assert float(np.abs(sound_card.stop_capture()).max()) > 0.05, "the manager is heard"
    time.sleep(1.0)  # what is left of the manager's line is played
    sound_card.start_capture()
    time.sleep(4.0)
    assert float(np.abs(sound_card.stop_capture()).max()) > 0.05, "the recording is heard"
    demo.send_signal(signal.SIGINT)
    assert "You hung up." in demo.stdout.read()
    assert demo.wait(timeout=120) == 0
