"""Speech windows: spans of speech that Whisper can take."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

VOICED = 0.5
"""The probability of voice from which a frame is voiced."""
STILL_VOICED = 0.35
"""Speech continues until the probability falls below this, so a weak consonant does not end it."""
LEAST_VOICED_FRAMES = 4
"""Voiced frames (0.13 s) that a span of speech needs: noises that fool the detector are shorter."""

Span = tuple[int, int]
"""First frame and past-the-last frame."""


def speech_spans(probabilities: npt.NDArray[np.float32]) -> list[Span]:
    """Spans of speech, in order. `probabilities`: of voice, one per frame."""
    spans: list[Span] = []
    start: int | None = None
    for frame, probability in enumerate([*probabilities.tolist(), 0.0]):
        if start is None and probability >= VOICED:
            start = frame
        elif start is not None and probability < STILL_VOICED:
            if int((probabilities[start:frame] >= VOICED).sum()) >= LEAST_VOICED_FRAMES:
                spans.append((start, frame))
            start = None
    return spans


def next_window(
    probabilities: npt.NDArray[np.float32], longest: int, first: int = 0
) -> Span | None:
    """The next window of speech from frame `first` on, at most `longest` frames; None: no more.

    It starts and ends with speech. Longer speech is cut at the longest silence in the second half
    of the window, or without a silence where voice is least probable.
    """
    spans = [(max(start, first), end) for start, end in speech_spans(probabilities) if end > first]
    if not spans:
        return None
    start = spans[0][0]
    ends = [end for _, end in spans if end - start <= longest]
    if not ends:
        half = start + longest // 2
        return start, half + int(np.argmin(probabilities[half : start + longest]))
    if len(ends) == len(spans):
        return start, ends[-1]
    late = [index for index, end in enumerate(ends) if end - start >= longest // 2]
    last = max(late or [len(ends) - 1], key=lambda index: spans[index + 1][0] - ends[index])
    return start, ends[last]
