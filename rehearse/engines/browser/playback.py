"""Playback: the manager's sound on its way to the page."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from rehearse.engines.browser.messages import MOST_SAMPLES
from rehearse.sound import Samples, sample_count, seconds

LEAD_S = 0.07
"""From the newest sample that the call has to the first one that the page can still play: a block
(32 ms) and a frame (20 ms) fill up first, and the messages take a while."""
MOST_LEAD_S = 0.5
SPARE_S = 0.01
"""A sound that came late moves the lead by so much more than it was late."""


@dataclass
class Part:
    """A part of the manager's sound; `at` and `end` count the line's samples."""

    number: int
    at: int
    samples: Samples
    begins: bool
    """Whether a new sound begins, which may be late by itself."""

    @property
    def end(self) -> int:
        return self.at + len(self.samples)


class Playback:
    """What is to be played, each part with its place. Places count the line's samples."""

    def __init__(self) -> None:
        self._parts: deque[Part] = deque()
        self._end = 0
        self._next_number = 0
        self._lead = sample_count(LEAD_S)

    @property
    def lead_s(self) -> float:
        return seconds(self._lead)

    @property
    def plays(self) -> bool:
        return bool(self._parts)

    def came_late(self, late: int) -> None:
        """A sound began `late` samples after its place: give the next ones more time."""
        if late > 0:
            self._lead = min(self._lead + late + sample_count(SPARE_S), sample_count(MOST_LEAD_S))

    def add(self, samples: Samples, newest: int) -> list[Part]:
        """Parts for one sound, after those that still play. `newest`: where the call is now."""
        at = max(newest + self._lead, self._end)
        parts = []
        for start in range(0, len(samples), MOST_SAMPLES):
            piece = samples[start : start + MOST_SAMPLES]
            parts.append(Part(self._next_number, at + start, piece, begins=not start))
            self._next_number += 1
        self._parts.extend(parts)
        self._end = at + len(samples)
        return parts

    def again(self, received: int, taken: int, newest: int) -> list[Part]:
        """What a page that has `received` parts misses, placed anew: the rest of a sound that broke
        off begins where the page is now. `taken`: what came before this place was heard."""
        missing = [part for part in self._parts if part.number >= received]
        if not missing:
            return []
        begin = max(newest + self._lead, missing[0].at)
        first = True
        for part in missing:
            heard = max(0, min(taken - part.at, len(part.samples))) if first else 0
            part.samples, part.at = part.samples[heard:], max(begin, part.at + heard)
            begin = part.end
            part.begins = part.begins or first
            first = False
        self._end = max(self._end, begin)
        return missing

    def forget_before(self, taken: int) -> None:
        """The call is at `taken`: what ended before it was played."""
        while self._parts and self._parts[0].end <= taken:
            self._parts.popleft()

    def stop(self, taken: int) -> None:
        self._parts.clear()
        self._end = taken
