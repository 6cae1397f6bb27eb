"""Sound: one sample rate, one sample type, one level."""

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

SAMPLE_RATE_HZ = 16_000
BLOCK_SAMPLES = 512  # 32 ms: a frame of the voice activity detector, a tick of a call

Samples: TypeAlias = npt.NDArray[np.float32]
"""Mono sound: shape (n,), float32 in [-1, 1], at SAMPLE_RATE_HZ."""

SILENCE_DBFS = -120.0


def seconds(sample_count: int) -> float:
    """Length of `sample_count` samples in seconds."""
    return sample_count / SAMPLE_RATE_HZ


def sample_count(duration_s: float) -> int:
    """Number of samples in `duration_s` seconds, rounded to the nearest."""
    return round(duration_s * SAMPLE_RATE_HZ)


def silence(duration_s: float) -> Samples:
    """`duration_s` seconds of exact zeros."""
    return np.zeros(sample_count(duration_s), dtype=np.float32)


def level_dbfs(samples: Samples) -> float:
    """Root mean square level in dB relative to full scale; SILENCE_DBFS for exact silence."""
    if samples.size == 0:
        return SILENCE_DBFS
    mean_square = float(np.mean(np.square(samples, dtype=np.float64)))
    return max(SILENCE_DBFS, 10 * math.log10(mean_square)) if mean_square > 0 else SILENCE_DBFS
