"""Speech windows: spans of speech that Whisper can take."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

VOICED = 0.5
"""Probability of voice from which a frame is voiced."""
STILL_VOICED = 0.35
"""Speech goes on until the probability falls below this: a weak consonant does not cut it."""
LEAST_VOICED_FRAMES = 4
"""Voiced frames (0.13 s) that a stretch needs: noises that fool the detector are shorter."""

Stretch = tuple[int, int]
"""First frame and past-the-last frame."""


def speech_stretches(probabilities: npt.NDArray[np.float32]) -> list[Stretch]:
    """Where there is speech, in order. `probabilities`: of voice, one a frame."""
    stretches: list[Stretch] = []
    start: int | None = None
    for frame, probability in enumerate([*probabilities.tolist(), 0.0]):
        if start is None and probability >= VOICED:
            start = frame
        elif start is not None and probability < STILL_VOICED:
            if int((probabilities[start:frame] >= VOICED).sum()) >= LEAST_VOICED_FRAMES:
                stretches.append((start, frame))
            start = None
    return stretches


def next_window(
    probabilities: npt.NDArray[np.float32], longest: int, first: int = 0
) -> Stretch | None:
    """The next window of speech from frame `first` on, at most `longest` frames; None: no more.

    It begins and ends with speech. Where speech goes on for longer, the cut is at the longest
    silence in the second half of the window; without a silence, where voice is least likely.
    """
    stretches = [
        (max(start, first), end) for start, end in speech_stretches(probabilities) if end > first
    ]
    if not stretches:
        return None
    start = stretches[0][0]
    ends = [end for _, end in stretches if end - start <= longest]
    if not ends:
        half = start + longest // 2
        return start, half + int(np.argmin(probabilities[half : start + longest]))
    if len(ends) == len(stretches):
        return start, ends[-1]
    late = [index for index, end in enumerate(ends) if end - start >= longest // 2]
    last = max(late or [len(ends) - 1], key=lambda index: stretches[index + 1][0] - ends[index])
    return start, ends[last]
