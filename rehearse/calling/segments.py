"""Segments: where a turn is cut for transcription.

Everything is counted in blocks of BLOCK_SAMPLES: the same sound is always cut in the same places.
"""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.calling.turn_taking import VOICED
from rehearse.sound import BLOCK_SAMPLES, SAMPLE_RATE_HZ

BLOCKS_PER_S = SAMPLE_RATE_HZ / BLOCK_SAMPLES

PAUSE_BLOCKS = 10
"""A silence this long (0.32 s) starts a transcription, and belongs to the segment before it."""
CLOSING_PAUSES = ((10.0, 0.8), (18.0, 0.6), (23.0, 0.4))
"""(Length of a segment, pause that closes it) in seconds. Short segments have too little context,
and a short pause is often in mid-sentence."""
LONGEST_S = 27.0
"""With its margins, this fits the 30 s that Whisper takes; then it is cut even without a pause."""
KEPT_SILENCE_BLOCKS = 32
"""The silence (1 s) kept at the start of a segment before its first voice."""


@dataclass(frozen=True)
class Segment:
    """Blocks `first` to `end` (exclusive), counted from the start of the turn."""

    first: int
    end: int


class Segmenter:
    """Takes the probability of voice, block by block.

    After each block, `paused` is the open segment if a pause has just started, and `closed` is a
    segment that was just cut off. A segment closed at a pause is the one reported as `paused`.
    """

    def __init__(self) -> None:
        self.paused: Segment | None = None
        self.closed: Segment | None = None
        self.silent_blocks = 0
        self.first = 0
        """The first block of the open segment; nothing before it is needed any more."""
        self._blocks = 0
        self._voiced_first: int | None = None
        self._voiced_end = 0
        self._open: list[float] = []

    def accept(self, probability: float) -> None:
        self.paused = self.closed = None
        self._blocks += 1
        self._open.append(probability)
        if probability >= VOICED:
            self.silent_blocks = 0
            self._voiced_end = self._blocks
            if self._voiced_first is None:
                self._voiced_first = self._blocks - 1
        else:
            self.silent_blocks += 1
        if self._voiced_first is None:
            self._cut(max(self.first, self._blocks - KEPT_SILENCE_BLOCKS))
            return
        if self.silent_blocks == PAUSE_BLOCKS:
            self.paused = self.tail()
        length_s = (self._voiced_end - self._voiced_first) / BLOCKS_PER_S
        silent_s = self.silent_blocks / BLOCKS_PER_S
        if self.silent_blocks >= PAUSE_BLOCKS and any(
            length_s >= least_s and silent_s >= pause_s for least_s, pause_s in CLOSING_PAUSES
        ):
            self._close(self._tail_end())
        elif (self._blocks - self._voiced_first) / BLOCKS_PER_S >= LONGEST_S:
            self._close(self._quietest())

    def tail(self) -> Segment | None:
        """The open segment up to its last voice and a pause after it; None without voice."""
        if self._voiced_first is None:
            return None
        return Segment(self.first, self._tail_end())

    def _tail_end(self) -> int:
        return min(self._blocks, self._voiced_end + PAUSE_BLOCKS)

    def _quietest(self) -> int:
        """The middle of the longest silence in the second half of the open segment, or without a
        silence where voice is least probable."""
        half = len(self._open) // 2
        best, run = (0, half), 0
        for index in range(half, len(self._open)):
            run = run + 1 if self._open[index] < VOICED else 0
            best = max(best, (run, index - run // 2))
        if best[0] == 0:
            best = (0, min(range(half, len(self._open)), key=self._open.__getitem__))
        return self.first + best[1]

    def _close(self, end: int) -> None:
        self.closed = Segment(self.first, end)
        self._cut(end)
        voiced = [self.first + i for i, value in enumerate(self._open) if value >= VOICED]
        self._voiced_first = voiced[0] if voiced else None

    def _cut(self, first: int) -> None:
        del self._open[: first - self.first]
        self.first = first
