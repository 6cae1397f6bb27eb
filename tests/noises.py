"""Noises: sounds without speech, and a reader of fixtures with speech."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from rehearse.sound import SAMPLE_RATE_HZ, Samples

FIXTURES = Path(__file__).parent.parent / "audio_fixtures"


def fixture(name: str) -> Samples:
    """The samples of `audio_fixtures/<name>.flac`."""
    samples, rate = soundfile.read(FIXTURES / f"{name}.flac", dtype="float32")
    assert rate == SAMPLE_RATE_HZ
    return samples


def fixture_text(name: str) -> str:
    """The words that are spoken in `audio_fixtures/<name>.flac`."""
    return (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")


def at_level(samples: np.ndarray, level_dbfs: float) -> Samples:
    """`samples` scaled to a root mean square level."""
    scaled = samples / np.sqrt(np.mean(np.square(samples))) * 10 ** (level_dbfs / 20)
    return np.clip(scaled, -1, 1).astype(np.float32)


def _time(duration_s: float) -> np.ndarray:
    return np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ


def _tone(*frequencies_hz: float, duration_s: float) -> np.ndarray:
    time = _time(duration_s)
    return np.sum([np.sin(2 * np.pi * hertz * time) for hertz in frequencies_hz], axis=0)


def silence(duration_s: float) -> Samples:
    return np.zeros(len(_time(duration_s)), dtype=np.float32)


def white(level_dbfs: float) -> Callable[[float], Samples]:
    def make(duration_s: float) -> Samples:
        noise = np.random.default_rng(1).standard_normal(len(_time(duration_s)))
        return at_level(noise, level_dbfs)

    return make


def room(duration_s: float) -> Samples:
    """Noise that falls with frequency, like a fan in the next room."""
    spectrum = np.fft.rfft(np.random.default_rng(2).standard_normal(len(_time(duration_s))))
    return at_level(np.fft.irfft(spectrum / np.sqrt(np.arange(1, len(spectrum) + 1))), -45)


def ring(duration_s: float) -> Samples:
    """The ring tone that a caller in North America hears: 2 s on, 4 s off."""
    tone = _tone(440, 480, duration_s=duration_s)
    return at_level(tone * (_time(duration_s) % 6 < 2), -20)


def typing(duration_s: float) -> Samples:
    """Short bursts of noise, six a second."""
    generator = np.random.default_rng(3)
    samples = np.zeros(len(_time(duration_s)))
    decay = np.exp(-np.arange(600) / 80)
    for start in generator.integers(0, len(samples) - 600, round(6 * duration_s)):
        samples[start : start + 600] += generator.standard_normal(600) * decay
    return at_level(samples, -35)


def chords(duration_s: float) -> Samples:
    """Major chords with overtones, one every 0.8 s."""
    generator = np.random.default_rng(4)
    pieces = []
    for _ in range(round(duration_s / 0.8)):
        root = 110 * 2 ** (generator.integers(0, 12) / 12)
        partials = [root * step * part for step in (1, 1.25, 1.5, 2) for part in (1, 2, 3)]
        pieces.append(_tone(*partials, duration_s=0.8) * np.exp(-1.5 * _time(0.8)))
    return at_level(np.concatenate(pieces), -20)


def pulses(
    every_s: float, length_s: float, tone: Callable[[np.ndarray], np.ndarray], level_dbfs: float
) -> Callable[[float], Samples]:
    """`tone` for `length_s` at the start of each `every_s`."""

    def make(duration_s: float) -> Samples:
        time = _time(duration_s)
        return at_level(tone(time) * (time % every_s < length_s), level_dbfs)

    return make


def _sines(*frequencies_hz: float) -> Callable[[np.ndarray], np.ndarray]:
    def make(time: np.ndarray) -> np.ndarray:
        return np.sum([np.sin(2 * np.pi * hertz * time) for hertz in frequencies_hz], axis=0)

    return make


def hum(duration_s: float) -> Samples:
    """Mains hum: 50 Hz with overtones."""
    time = _time(duration_s)
    return at_level(sum(np.sin(100 * np.pi * k * time) / k for k in (1, 2, 3, 5, 7)), -35)


def bursts(
    every_s: float, decay_s: float, cutoff_hz: float, level_dbfs: float, *, seed: int = 5
) -> Callable[[float], Samples]:
    """Noise below `cutoff_hz` that fades: knocks, coughs, a door."""

    def make(duration_s: float) -> Samples:
        time = _time(duration_s)
        spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(len(time)))
        spectrum[round(cutoff_hz * duration_s) :] = 0
        noise = np.fft.irfft(spectrum, len(time))
        return at_level(noise * np.exp(-(time % every_s) / decay_s), level_dbfs)

    return make


NOISES: dict[str, Callable[[float], Samples]] = {
    "silence": silence,
    "white noise at -60 dBFS": white(-60),
    "white noise at -40 dBFS": white(-40),
    "white noise at -20 dBFS": white(-20),
    "room": room,
    "ring": ring,
    "typing": typing,
    "chords": chords,
    "busy": pulses(1.0, 0.5, _sines(480, 620), -20),
    "beep": pulses(3.0, 0.4, _sines(1000), -20),
    "bell": pulses(3.0, 1.0, _sines(853, 960, 1706, 2559), -20),
    "hum": hum,
    "knocks": bursts(0.5, 0.03, 600, -30),
    "coughs": bursts(2.0, 0.12, 3500, -25),
    "door": bursts(4.0, 0.3, 250, -25),
    "breath": bursts(3.0, 0.8, 7000, -45),
}
