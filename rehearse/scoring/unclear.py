"""Unclear: where the candidate's voice was heard but no words could be trusted."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from rehearse.transcript import Word

VOICED = 0.5
"""Probability of voice in a frame from which it counts as voiced."""
WORD_MARGIN_S = 0.35
"""A recogniser's word times are this rough: voice so near a word belongs to it."""
GAP_S = 0.6
"""Unclear pieces this near each other are one stretch."""
LEAST_S = 1.0
"""Less voice than this without words is a breath, a laugh or an um."""
RUN_WORDS = 6
"""Words whose probabilities are averaged: shorter runs of doubt are ordinary mishearing."""
DOUBTFUL = 0.55
"""Mean probability of a run of words below which it is not trusted (training/unclear_levels.py)."""

Stretch = tuple[float, float]


def unclear_stretches(
    words: Sequence[Word],
    voice: Sequence[float],
    *,
    frame_s: float,
    offset_s: float = 0.0,
) -> tuple[Stretch, ...]:
    """(start_s, end_s) of each unclear stretch, in order, not touching one another.

    `voice`: probability of voice (0..1) in each frame of `frame_s` seconds, from `offset_s` on.
    `words` of the same sound; those without times or probability are taken as clear.
    """
    wordless = _wordless(words, voice, frame_s, offset_s)
    return tuple(_joined(sorted([*wordless, *_doubtful(words)])))


def _wordless(
    words: Sequence[Word], voice: Sequence[float], frame_s: float, offset_s: float
) -> Iterator[Stretch]:
    """Voice that no word accounts for."""
    spans = iter(sorted((w.start_s, w.end_s) for w in words if w.start_s is not None and w.end_s))
    at, until = next(spans, (None, 0.0))
    alone: list[Stretch] = []
    for index, probability in enumerate(voice):
        start_s = offset_s + index * frame_s
        while at is not None and until + WORD_MARGIN_S < start_s:
            at, until = next(spans, (None, 0.0))
        covered = at is not None and at - WORD_MARGIN_S <= start_s <= until + WORD_MARGIN_S
        if probability >= VOICED and not covered:
            alone.append((start_s, start_s + frame_s))
    for run in _runs(alone):
        if sum(end - start for start, end in run) >= LEAST_S:
            yield run[0][0], run[-1][1]


def _runs(pieces: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    run: list[Stretch] = []
    for piece in pieces:
        if run and piece[0] - run[-1][1] > GAP_S:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _doubtful(words: Sequence[Word]) -> Iterator[Stretch]:
    """Runs of words that the recogniser itself gives little for."""
    known = [
        (word.start_s, word.end_s, word.probability)
        for word in words
        if word.start_s is not None and word.end_s is not None and word.probability is not None
    ]
    size = min(RUN_WORDS, len(known))
    if not size:
        return
    totals = [0.0, *itertools.accumulate(probability for _, _, probability in known)]
    for first in range(len(known) - size + 1):
        if (totals[first + size] - totals[first]) / size < DOUBTFUL:
            yield known[first][0], known[first + size - 1][1]


def _joined(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    current: Stretch | None = None
    for start, end in stretches:
        if current is not None and start - current[1] <= GAP_S:
            current = current[0], max(current[1], end)
        else:
            if current is not None:
                yield current
            current = start, end
    if current is not None:
        yield current
