"""Two calls in Chromium beside a loudspeaker, in which an interruption was not noticed: what the
microphone gave after echo cancellation, and what was played. The recordings hold the greeting and
the first answer of each, which is spoken over."""

from pathlib import Path

import pytest
import soundfile

from rehearse.calling.barge_in import BargeIn
from rehearse.calling.own_echo import Echo
from rehearse.engines.activity.silero_vad import SileroVad
from rehearse.sound import BLOCK_SAMPLES, seconds

RECORDINGS = Path(__file__).parent / "recordings"


def noticed_s(name: str, answer: int) -> list[float]:
    """When an interruption is noticed. `answer`: the block at which it begins."""
    sound, _ = soundfile.read(RECORDINGS / f"{name}.flac", dtype="float32")
    barge_in = BargeIn(SileroVad(), Echo.CANCELLED)
    found = []
    for place in range(len(sound) // BLOCK_SAMPLES):
        if place in (0, answer):
            barge_in.begin_line()
        heard, played = sound[place * BLOCK_SAMPLES :][:BLOCK_SAMPLES].T
        barge_in.play(played)
        if barge_in.interrupts(heard):
            found.append(seconds((place + 1) * BLOCK_SAMPLES))
    return found


@pytest.mark.parametrize(
    ("name", "answer", "loud_s"),
    [("in_pieces", 58, 2.72), ("remains_of_first_sounds", 62, 3.1)],
)
def test_an_interruption_is_noticed_in_time(name: str, answer: int, loud_s: float) -> None:
    """`loud_s`: where cancellation begins to let the voice through."""
    first_s = noticed_s(name, answer)[0]
    assert loud_s < first_s <= loud_s + 0.3
