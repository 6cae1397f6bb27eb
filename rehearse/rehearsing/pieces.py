"""Pieces: a long recording, cut at pauses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rehearse.sound import BLOCK_SAMPLES, Samples, sample_count, seconds

WHOLE_S = 120.0
"""A recording of no more than this is one piece: every talk of usual length."""
SHORTEST_S = 45.0
LONGEST_S = 75.0
"""Of the pieces of a longer one."""
VOICED = 0.5


@dataclass(frozen=True)
class SoundPiece:
    """`voice` is the probability (0..1) of a voice in each block of BLOCK_SAMPLES."""

    samples: Samples
    start_s: float
    voice: Sequence[float]

    @property
    def end_s(self) -> float:
        return self.start_s + seconds(len(self.samples))


def cut_in_pauses(
    parts: Iterable[Samples], voice_probabilities: Callable[[Samples], Sequence[float]]
) -> Iterator[SoundPiece]:
    """`parts` joined and cut again, each cut in the longest pause nearby; memory stays flat."""
    waiting: list[Samples] = []
    count = start = 0
    whole = sample_count(WHOLE_S)
    for part in parts:
        waiting.append(part)
        count += len(part)
        while count > whole:
            samples = np.concatenate(waiting)
            piece = samples[: sample_count(LONGEST_S) // BLOCK_SAMPLES * BLOCK_SAMPLES]
            voice = voice_probabilities(piece)
            first = int(sample_count(SHORTEST_S) // BLOCK_SAMPLES)
            blocks = _middle_of_longest_pause(voice, first)
            end = blocks * BLOCK_SAMPLES
            yield SoundPiece(piece[:end], seconds(start), voice[:blocks])
            waiting = [samples[end:]]
            count, start, whole = len(samples) - end, start + end, sample_count(LONGEST_S)
    samples = np.concatenate([np.zeros(0, dtype=np.float32), *waiting])
    if len(samples):
        yield SoundPiece(samples, seconds(start), voice_probabilities(samples))


def _middle_of_longest_pause(voice: Sequence[float], first: int) -> int:
    """The block to cut before, at least `first`; the last one if there is no pause."""
    best, best_length, run = len(voice), 0, 0
    for index in range(first, len(voice)):
        run = 0 if voice[index] >= VOICED else run + 1
        if run >= best_length and run:
            best, best_length = index + 1 - run // 2, run
    return best
