"""Pauses: silences in a turn, measured by voice activity."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rehearse.sound import BLOCK_SAMPLES, seconds

FRAME_S = seconds(BLOCK_SAMPLES)
VOICED = 0.5
"""Probability of voice from which a frame counts as voiced."""
HOLD_S = 0.08
"""The detector lags this long behind the end of a voice (benchmarks/delivery); it is subtracted."""
SHORTEST_VOICE_FRAMES = 3
"""Fewer voiced frames in a row (0.1 s) are a click or a breath, not voice."""
PAUSE_S = 0.3
"""Silences from this length on are pauses; shorter ones are part of words (closures of p, t)."""
BREATH_S = 0.2
"""The shortest silence in which a speaker can breathe in."""
LONG_PAUSE_S = 1.0
"""Pauses over this are called long (Campione & Véronis 2002)."""

Span = tuple[float, float]
"""Start and end in seconds."""


@dataclass(frozen=True)
class Pause:
    """A silence between two words. `inside_clause`: no clause ended before it; None if unknown."""

    start_s: float
    end_s: float
    inside_clause: bool | None = None

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


def voiced_spans(
    probabilities: npt.NDArray[np.floating], *, start_s: float = 0.0
) -> tuple[Span, ...]:
    """Spans of voice, in order, from the probability of voice in each frame.

    `probabilities`: shape (frames,); frame k starts k * FRAME_S after `start_s`.
    """
    spans = []
    for first, end in _runs(probabilities >= VOICED):
        if end - first >= SHORTEST_VOICE_FRAMES:
            begin_s = start_s + first * FRAME_S
            spans.append((begin_s, max(begin_s + FRAME_S, start_s + end * FRAME_S - HOLD_S)))
    return tuple(spans)


def silences(voiced: Sequence[Span], *, shortest_s: float = PAUSE_S) -> tuple[Span, ...]:
    """The gaps of at least `shortest_s` between spans of voice."""
    return tuple(
        (before[1], after[0])
        for before, after in itertools.pairwise(voiced)
        if after[0] - before[1] >= shortest_s
    )


def longest_breath_s(voiced: Sequence[Span]) -> float | None:
    """The longest span of speech without a silence of BREATH_S; None without voice."""
    if not voiced:
        return None
    stops = silences(voiced, shortest_s=BREATH_S)
    starts = [voiced[0][0], *(end for _, end in stops)]
    ends = [*(start for start, _ in stops), voiced[-1][1]]
    return max(end - start for start, end in zip(starts, ends, strict=True))


def _runs(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and past-the-last index of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(first), int(end)) for first, end in edges.reshape(-1, 2)]
