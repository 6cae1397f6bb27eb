"""`rehearse demo`: one whole call, from anywhere, without a microphone."""

import re
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from rehearse.calling.events import ManagerSaid, TurnBegan
from rehearse.cli.call_screen import CallScreen
from rehearse.engines.audio.wav_line import WavLine
from rehearse.sound import BLOCK_SAMPLES, SAMPLE_RATE_HZ
from tests.program import command, rehearse
from tests.sound_card import VirtualSoundCard


def test_when_the_recordings_are_over_the_person_is_silent_and_ignores_nobody(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The manager asks something back, and no recording is left to answer."""
    voice = np.full(SAMPLE_RATE_HZ, 0.3, dtype=np.float32)
    line = WavLine([voice])
    screen = CallScreen(recordings=line)
    screen(TurnBegan(1.0))
    for _ in range(3 * SAMPLE_RATE_HZ // BLOCK_SAMPLES):
        line.read()
    line.play(voice)
    screen(ManagerSaid(5.0, 6.0, "How would you start?", "follow-up"))
    screen(TurnBegan(6.0))
    assert capsys.readouterr().out == (
        "  0:01  You: (a recording speaks for you)\n"
        "  0:05  Manager: How would you start?\n"
        "  0:06  You: (the recording is over, so you are silent)\n"
    )


@pytest.mark.slow
def test_the_demo_call_is_held_scored_and_kept(tmp_path: Path) -> None:
    outcome = rehearse(tmp_path, "demo", "--no-fluency", "--no-sound")
    assert outcome.status == 0, outcome.err
    assert re.search(r"Business contribution: +COVERED", outcome.out)
    assert re.search(r"Critical question: +COVERED", outcome.out)
    first, *more = re.findall(r"You: \((.*)\)", outcome.out)
    assert first == "a recording speaks for you"
    assert more == ["the recording is over, so you are silent"] * len(more)
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
