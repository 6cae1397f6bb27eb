"""Two clocks: a page whose samples run fast or slow against the computer, for an hour.

No clock but the page's has a say, so nothing needs to be corrected: the manager stands in the
recording where the microphone hears them, to the sample.
"""

import struct
from collections import deque

import numpy as np
import pytest

from rehearse.engines.browser.browser_line import BrowserLine, Ending
from rehearse.engines.browser.messages import BEGINS, PLAY, recorded_message
from rehearse.sound import BLOCK_SAMPLES, SAMPLE_RATE_HZ, sample_count
from tests.engines.browser.test_browser_line import FRAME, Page

HOUR_S = 3600
DEVICES_S = 0.03
"""What Page says that its microphone and loudspeaker take."""
EVERY_S = 30
LOUD = 10_000


class DriftingPage(Page):
    """Its microphone hears only its loudspeaker. It counts 1 + ppm / 1e6 times as many samples as
    it should."""

    def __init__(self, ppm: float) -> None:
        super().__init__(BrowserLine())
        self._samples_per_s = SAMPLE_RATE_HZ * (1 + ppm / 1e6)
        self._start = self.frame
        self._sounds: deque[tuple[int, int]] = deque()

    def send(self, message: bytes | Ending) -> None:
        if isinstance(message, bytes) and message[0] == PLAY:
            self.received += 1
            _, flags, count, at = struct.unpack_from("<BBHI", message)
            assert flags == BEGINS
            assert at >= self.frame, "in time"
            self._sounds.append((at + sample_count(DEVICES_S), count))

    def record_until(self, computer_s: float, *, loses: bool) -> None:
        """All frames that are full when the computer's clock shows `computer_s`."""
        while self.frame + FRAME <= self._start + computer_s * self._samples_per_s:
            sound = np.full(FRAME, -1, np.int16)  # not muted
            for at, count in self._sounds:
                sound[max(0, at - self.frame) : max(0, at + count - self.frame)] = LOUD
            if self._sounds and sum(self._sounds[0]) <= self.frame:
                self._sounds.popleft()
            if not loses:
                self.line.receive(self.send, recorded_message(self.frame, sound))
            self.frame += FRAME


@pytest.mark.slow
@pytest.mark.parametrize("ppm", [-500, -100, 100, 500])
def test_a_page_whose_clock_drifts_for_an_hour_shifts_nothing(ppm: float) -> None:
    page = DriftingPage(ppm)
    page.connect()
    said: list[int] = []  # where the call puts the manager into the recording
    heard: list[int] = []
    taken = 0
    before = 0.0
    for tick in range(HOUR_S * 50):
        loses = tick % (50 * EVERY_S) in range(800, 803)  # three frames of 20 ms, every time
        page.record_until(tick / 50, loses=loses)
        while page.line.behind():
            block = page.line.read()
            loud = np.flatnonzero(block > 0)
            if len(loud) and before <= 0:
                heard.append(taken + int(loud[0]))
            before = block[-1]
            taken += BLOCK_SAMPLES
        if tick % (50 * EVERY_S) == 100:
            page.line.play(np.full(1600, 0.5, np.float32))
            said.append(taken + sample_count(page.line.latency_s))
    assert len(said) == HOUR_S // EVERY_S
    assert heard == said
    pages_clock = HOUR_S * SAMPLE_RATE_HZ * (1 + ppm / 1e6)
    assert taken == pytest.approx(pages_clock, abs=sample_count(0.1)), "the call's clock, too"
