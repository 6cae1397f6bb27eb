"""Sound: versions of a recording, clean, noisy and telephone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rehearse.engines.activity.high_pass import HighPass
from rehearse.engines.voices.tones import telephone_band
from rehearse.sound import Samples, level_dbfs

_FRAME = 320
_SPEECH_RANGE_DB = 30


def with_noise(samples: Samples, snr_db: float, *, seed: int = 1) -> Samples:
    """Pink noise, `snr_db` below the level of the speech (without pauses).

    Both above 50 Hz: two of the human files are nine tenths rumble, so that noise "10 dB" below
    their level lay as much above the voice.
    """
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(len(samples)))
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 1)), len(samples))
    heard = HighPass().filtered(samples)
    levels = np.array([level_dbfs(heard[at : at + _FRAME]) for at in range(0, len(heard), _FRAME)])
    speech = np.repeat(levels > levels.max() - _SPEECH_RANGE_DB, _FRAME)[: len(samples)]
    power = np.mean(np.square(heard[speech])) * 10 ** (-snr_db / 10)
    audible = HighPass().filtered(noise.astype(np.float32))
    scaled = noise * np.sqrt(power / np.mean(np.square(audible)))
    return np.clip(samples + scaled, -1, 1).astype(np.float32)


VERSIONS: dict[str, Callable[[Samples], Samples]] = {
    "clean": lambda samples: samples,
    "noise 20 dB": lambda samples: with_noise(samples, 20),
    "noise 10 dB": lambda samples: with_noise(samples, 10),
    "telephone": telephone_band,
}
