"""Waveform: both sides of a call as drawn peaks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

BARS = 700
_LOWEST = 0.02
"""Silence is still a thin line."""


def peaks(samples: npt.NDArray[np.int16], bars: int = BARS) -> npt.NDArray[np.float32]:
    """Loudness (0..1) of `bars` equal pieces of one side; the square root lifts quiet speech."""
    if not len(samples):
        return np.zeros(bars, dtype=np.float32)
    starts = np.linspace(0, len(samples), bars, endpoint=False).astype(np.int64)
    loudest = np.maximum(np.maximum.reduceat(samples, starts), 0)
    return np.sqrt(loudest.astype(np.float32) / 32768)


def bars_path(loudness: Sequence[float] | npt.NDArray[np.float32], *, upwards: bool) -> str:
    """An SVG outline in a box BARS wide, from 0 to 50 (upwards) or 50 to 100 high.

    In whole units, half a pixel each, since it is a good part of a page's weight.
    """
    steps = []
    for value in loudness:
        height = round(48 * max(float(value), _LOWEST))
        steps.append(f"V{50 - height if upwards else 50 + height}h1")
    return f"M0 50{''.join(steps)}V50z"
