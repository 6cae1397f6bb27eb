"""HighPass: takes away what lies below any voice: the rumble of a cheap microphone, steps, wind."""

from __future__ import annotations

import numpy as np

from rehearse.sound import SAMPLE_RATE_HZ, Samples

CUTOFF_HZ = 50.0


_AT_ONCE = 512
"""Samples: the powers of the pole over so many are well within what a float64 holds."""


class HighPass:
    """One pole, over a running stream. With two poles, or at 70 Hz, no more voice was told from
    noise, and a slammed door was taken for it (docs/delivery.md).

    y[n] = pole * (y[n-1] + x[n] - x[n-1]), as a running sum over samples divided by the pole's
    powers.
    """

    def __init__(self) -> None:
        pole = 1 / (1 + 2 * np.pi * CUTOFF_HZ / SAMPLE_RATE_HZ)
        self._powers = pole ** np.arange(1, _AT_ONCE + 1)
        self._last_in = self._last_out = 0.0

    def filtered(self, samples: Samples) -> Samples:
        """The next samples of the stream."""
        steps = np.diff(samples.astype(np.float64), prepend=self._last_in)
        parts = [np.zeros(0)]
        for at in range(0, len(steps), _AT_ONCE):
            step = steps[at : at + _AT_ONCE]
            powers = self._powers[: len(step)]
            # The n-th step is damped once more than the powers before it say.
            part = powers * (self._last_out + np.cumsum(step * (self._powers[0] / powers)))
            self._last_out = part[-1]
            parts.append(part)
        self._last_in = float(samples[-1]) if len(samples) else self._last_in
        return np.concatenate(parts).astype(np.float32)
