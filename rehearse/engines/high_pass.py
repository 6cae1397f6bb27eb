"""HighPass: takes away what lies below any voice: the rumble of a cheap microphone, steps, wind."""

from __future__ import annotations

import numpy as np

from rehearse.sound import SAMPLE_RATE_HZ, Samples

CUTOFF_HZ = 50.0


class HighPass:
    """One pole, over a running stream. With two poles, or at 70 Hz, no more voice was told from
    noise, and a slammed door was taken for it (docs/delivery.md).
    """

    def __init__(self) -> None:
        pole = 1 / (1 + 2 * np.pi * CUTOFF_HZ / SAMPLE_RATE_HZ)
        self._ahead = np.array([pole, -pole], dtype=np.float32)
        self._back = np.array([1, -pole], dtype=np.float32)
        self._state = np.zeros(1, dtype=np.float32)

    def filtered(self, samples: Samples) -> Samples:
        """The next samples of the stream."""
        from scipy.signal import lfilter

        sound, self._state = lfilter(self._ahead, self._back, samples, zi=self._state)
        return np.asarray(sound, dtype=np.float32)
