"""Incoming: the candidate's sound on its way from the page."""

from __future__ import annotations

from collections import deque

import numpy as np

from rehearse.engines.browser.messages import BadMessage, Recorded, as_samples
from rehearse.sound import BLOCK_SAMPLES, Samples, sample_count, seconds, silence

LONGEST_GAP_S = 30.0
"""No page is away for longer and comes back with the same clock."""
MOST_WAITING_S = 300.0


class Incoming:
    """What came and was not taken yet, in the order of the page's numbers: what is missing between
    two of them becomes silence, what comes twice is there once."""

    def __init__(self) -> None:
        self._waiting: deque[Samples] = deque()
        self._samples = 0
        self._lost = 0
        self.taken = 0
        """Samples that were taken: the call's clock."""
        self.page_first: int | None = None
        """The page's number of sample 0; None until a page's first sound has come."""

    @property
    def newest(self) -> int:
        """The place after the newest sample."""
        return self.taken + self._samples

    @property
    def has_sound(self) -> bool:
        return self._samples > 0

    @property
    def has_block(self) -> bool:
        return self._samples >= BLOCK_SAMPLES

    def begins(self, recorded: Recorded) -> None:
        """A new clock: `recorded` follows on what came before it."""
        self.page_first = recorded.first - self.newest

    def add(self, recorded: Recorded) -> None:
        """Raises BadMessage if its number fits no page of ours."""
        assert self.page_first is not None
        samples = as_samples(recorded.samples)
        gap = recorded.first - self.page_first - self.newest
        if abs(gap) > sample_count(LONGEST_GAP_S):
            raise BadMessage
        if gap < 0:
            samples = samples[-gap:]
        elif gap:
            self._lost += gap
            self._append(silence(seconds(gap)))
        if seconds(self._samples) < MOST_WAITING_S:
            self._append(samples)

    def _append(self, samples: Samples) -> None:
        if len(samples):
            self._waiting.append(samples)
            self._samples += len(samples)

    def take(self) -> Samples:
        """The next BLOCK_SAMPLES, which must be there."""
        pieces, count = [], 0
        while count < BLOCK_SAMPLES:
            pieces.append(self._waiting.popleft())
            count += len(pieces[-1])
        joined = np.concatenate(pieces)
        if count > BLOCK_SAMPLES:
            self._waiting.appendleft(joined[BLOCK_SAMPLES:])
        self._samples -= BLOCK_SAMPLES
        self.taken += BLOCK_SAMPLES
        return joined[:BLOCK_SAMPLES]

    def lost_s(self) -> float:
        """Seconds of silence, since this was last asked, that stand for sound that was lost."""
        lost, self._lost = self._lost, 0
        return seconds(lost)

    def pass_over(self) -> None:
        """What waits counts as taken, and nothing as lost."""
        self.taken = self.newest
        self._lost = 0
        self.forget()

    def forget(self) -> None:
        self._waiting.clear()
        self._samples = 0
