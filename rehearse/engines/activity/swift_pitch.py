"""SwiftPitch: the pitch of a voice, by SwiftF0.

SwiftF0 is under the MIT licence, takes 116 kB and runs on onnxruntime.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rehearse.engines.packaged_files import map_packaged
from rehearse.errors import RehearseError
from rehearse.sound import SAMPLE_RATE_HZ, Samples, sample_count

PACKAGE = "swift-f0"
PACKAGE_VERSION = "0.3.0"
MODEL_PATH = "swift_f0/model.onnx"
MODEL_SHA256 = "6385e8c2ebc3872e82c9ff5946228de44cd3be77a750ea53698b7dbfe94b0a22"
VOICE_HZ = (60.0, 500.0)
SURE = 0.5
"""The library's own threshold between voiced and unvoiced."""
AT_ONCE_S = 4.0
"""The model allocates 1.7 MB for each second that it gets at once, and never frees it."""


class SwiftPitch:
    """A PitchTracker. Raises RehearseError where the library is missing or its model damaged."""

    def __init__(self) -> None:
        map_packaged(PACKAGE, MODEL_PATH, MODEL_SHA256, version=PACKAGE_VERSION)
        try:
            from swift_f0 import SwiftF0
        except ImportError as error:
            raise RehearseError(
                "The Python package swift-f0, which tracks the pitch of a voice, is missing.",
                "Install it with: python -m pip install swift-f0",
            ) from error
        self._tracker = SwiftF0(threads=1, spin=False)

    def pitch_hz(self, samples: Samples) -> npt.NDArray[np.float32]:
        at_once = sample_count(AT_ONCE_S)
        parts = [samples[at : at + at_once] for at in range(0, len(samples), at_once)]
        heard = [self._heard(part) for part in parts if part.size >= SAMPLE_RATE_HZ // 10]
        return np.concatenate([np.zeros(0, dtype=np.float32), *heard])

    def _heard(self, samples: Samples) -> npt.NDArray[np.float32]:
        found = self._tracker.detect(samples, SAMPLE_RATE_HZ, *VOICE_HZ)
        values: npt.NDArray[np.float32] = found.pitch_hz[found.confidence >= SURE]
        return values.astype(np.float32)
