"""Call waves: a recording's waveform, drawn from its WAV file."""

from __future__ import annotations

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rehearse.recording import CANDIDATE_CHANNEL, MANAGER_CHANNEL
from rehearse.report.waveform import BARS, bars_path, peaks


@dataclass(frozen=True)
class CallWaves:
    """SVG paths in a box `width` wide and 100 high; the width stands for `length_s`."""

    candidate: str
    manager: str
    width: int
    length_s: float


def call_waves(recording: Path) -> CallWaves | None:
    """The waves of a recording; None if there is no sound to draw."""
    try:
        with wave.open(str(recording), "rb") as file:
            rate_hz, channels = file.getframerate(), file.getnchannels()
            samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    except (OSError, EOFError, wave.Error):
        return None
    if channels != 2 or not len(samples):
        return None
    both = samples[: len(samples) // 2 * 2].reshape(-1, 2)
    return CallWaves(
        candidate=bars_path(peaks(both[:, CANDIDATE_CHANNEL]), upwards=True),
        manager=bars_path(peaks(both[:, MANAGER_CHANNEL]), upwards=False),
        width=BARS,
        length_s=len(both) / rate_hz,
    )
