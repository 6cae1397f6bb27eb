"""SwiftPitch: follows the melody of a voice with SwiftF0 (MIT, 116 kB, runs on onnxruntime)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rehearse.errors import RehearseError
from rehearse.sound import SAMPLE_RATE_HZ, Samples

VOICE_HZ = (60.0, 500.0)
SURE = 0.5
"""The library's own limit between voiced and unvoiced."""


class SwiftPitch:
    """A PitchTracker. Raises RehearseError where the library is missing."""

    def __init__(self) -> None:
        try:
            from swift_f0 import SwiftF0
        except ImportError as error:
            raise RehearseError(
                "The Python package swift-f0, which follows the melody of a voice, is missing.",
                "Install it with: python -m pip install swift-f0",
            ) from error
        self._tracker = SwiftF0(threads=1, spin=False)

    def pitch_hz(self, samples: Samples) -> npt.NDArray[np.float32]:
        if samples.size < SAMPLE_RATE_HZ // 10:
            return np.zeros(0, dtype=np.float32)
        found = self._tracker.detect(samples, SAMPLE_RATE_HZ, *VOICE_HZ)
        values: npt.NDArray[np.float32] = found.pitch_hz[found.confidence >= SURE]
        return values.astype(np.float32)
