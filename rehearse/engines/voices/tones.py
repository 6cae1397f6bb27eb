"""Tones: ringing, clicks, beeps, noise and the telephone band.

All sounds are mono, shape (n,), float32 in [-1, 1], at SAMPLE_RATE_HZ, and the same every time.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rehearse.sound import SAMPLE_RATE_HZ, Samples, level_dbfs, sample_count, silence

RING_BACK_HZ = (440.0, 480.0)
RING_ON_S = 2.0
RING_OFF_S = 4.0
BUSY_HZ = (480.0, 620.0)
BUSY_ON_S = 0.5
BUSY_OFF_S = 0.5
BEEP_HZ = 1000.0
TELEPHONE_BAND_HZ = (300.0, 3400.0)

_TONE_DBFS = -24.0  # slightly below speech, at -20
_CLICK_DBFS = -26.0
_NOISE_DBFS = -66.0
_FADE_S = 0.005  # a tone that stops abruptly clicks
_FRAME_S = 0.02
_FAINTEST_SPEECH_DBFS = -60.0
_SPEECH_RANGE_DB = 30.0  # more than this below the loudest frame: a pause
_PEAK_LIMIT_DBFS = -1.0
_LIMITER_S = 0.01  # long enough for no audible distortion
_ORDER = 4
_RINGING_S = 0.1  # of the band-pass filter, until it is inaudible


def ring_back(
    rings: int = 2, *, first_ring_s: float = RING_ON_S / 2, last_pause_s: float = 1.0
) -> Samples:
    """What the caller hears while the other phone rings, in the North American cadence.

    The caller joins in the middle of a ring: the first lasts `first_ring_s` seconds. The other side
    answers `last_pause_s` seconds after the last ring.
    """
    first = _tone(RING_BACK_HZ, first_ring_s)
    further = [silence(RING_OFF_S), _tone(RING_BACK_HZ, RING_ON_S)] * (rings - 1)
    return np.concatenate([first, *further, silence(last_pause_s)])


def pick_up() -> Samples:
    """The click and rustle of a phone being picked up, 0.25 s."""
    click = _noise(0.25, seed=1)
    time_s = np.arange(click.size) / SAMPLE_RATE_HZ
    decay = np.exp(-time_s / 0.006) + 0.03 * np.exp(-time_s / 0.08)
    return _faded(_at_level(_narrowed(click) * decay, _CLICK_DBFS))


def voicemail_beep(duration_s: float = 0.5) -> Samples:
    """The beep after which a message is recorded."""
    return _tone((BEEP_HZ,), duration_s)


def hang_up(beats: int = 3) -> Samples:
    """The click of a phone being put down, then `beats` beats of the busy tone."""
    beat = np.concatenate([_tone(BUSY_HZ, BUSY_ON_S), silence(BUSY_OFF_S)])
    return np.concatenate([pick_up(), *[beat] * beats])


def line_noise(duration_s: float, *, seed: int = 0) -> Samples:
    """Barely audible hiss, so that a silent line does not seem dead."""
    return _at_level(_narrowed(_noise(duration_s, seed=seed)), _NOISE_DBFS)


def telephone_band(samples: Samples) -> Samples:
    """`samples` as heard over a telephone: only TELEPHONE_BAND_HZ passes. Same length.

    Give it a whole line at once: each call of the function starts from silence.
    """
    # The filter can raise a peak above full scale.
    return np.clip(_narrowed(samples), -1.0, 1.0).astype(np.float32)


def even_level(samples: Samples, target_dbfs: float = -20.0) -> Samples:
    """`samples` with their speech at `target_dbfs` (root mean square, without pauses).

    One gain for all samples, except around peaks that would exceed -1 dBFS: those are turned down,
    so that a voice with a few sharp peaks is as loud as others. Sound without speech is returned
    unchanged.
    """
    frame = sample_count(_FRAME_S)
    frames = [samples[start : start + frame] for start in range(0, samples.size, frame)]
    levels = np.array([level_dbfs(piece) for piece in frames])
    floor = max(_FAINTEST_SPEECH_DBFS, levels.max(initial=-np.inf) - _SPEECH_RANGE_DB)
    active = [piece for piece, level in zip(frames, levels, strict=True) if level > floor]
    if not active:
        return samples.copy()
    gain = _gain(target_dbfs - level_dbfs(np.concatenate(active)))
    return _limited(samples * gain).astype(np.float32)


def _limited(samples: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """`samples` with a gain that sinks smoothly before a peak and recovers after it.

    The least gain within a window, averaged over a window of the same size, is nowhere above the
    gain that a sample needs.
    """
    limit = _gain(_PEAK_LIMIT_DBFS)
    if np.abs(samples).max() <= limit:
        return samples
    window = sample_count(_LIMITER_S)
    needed = np.pad(limit / np.maximum(np.abs(samples), limit), window - 1, constant_values=1.0)
    least = np.lib.stride_tricks.sliding_window_view(needed, window).min(axis=1)
    return samples * np.convolve(least, np.ones(window) / window, mode="valid")


def _tone(frequencies_hz: tuple[float, ...], duration_s: float) -> Samples:
    time_s = np.arange(sample_count(duration_s)) / SAMPLE_RATE_HZ
    waves = [np.sin(2 * np.pi * frequency_hz * time_s) for frequency_hz in frequencies_hz]
    return _faded(_at_level(np.sum(waves, axis=0), _TONE_DBFS))


def _noise(duration_s: float, *, seed: int) -> npt.NDArray[np.float64]:
    return np.random.default_rng(seed).standard_normal(sample_count(duration_s))


def _narrowed(samples: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """A Butterworth band-pass of order 4, without its delay.

    In numpy: importing scipy.signal takes 0.7 s and 60 MB while the phone rings.
    """
    room = sample_count(_RINGING_S)
    spectrum = np.fft.rfft(np.pad(samples.astype(np.float64), (0, room)))
    low, high = _warped(np.array(TELEPHONE_BAND_HZ))
    at = _warped(np.maximum(np.fft.rfftfreq(samples.size + room, 1 / SAMPLE_RATE_HZ), 1e-3))
    passed = 1 / np.sqrt(1 + ((at**2 - low * high) / (at * (high - low))) ** (2 * _ORDER))
    return np.fft.irfft(spectrum * passed, samples.size + room)[: samples.size]


def _warped(hz: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Frequencies as the bilinear transform maps them: half the sample rate becomes infinity."""
    return np.tan(np.pi * hz / SAMPLE_RATE_HZ)


def _at_level(samples: npt.NDArray[np.float64], dbfs: float) -> Samples:
    scaled = samples.astype(np.float32)
    return (scaled * _gain(dbfs - level_dbfs(scaled))).astype(np.float32)


def _faded(samples: Samples) -> Samples:
    ramp = np.linspace(0, 1, sample_count(_FADE_S), dtype=np.float32)
    faded = samples.copy()
    faded[: ramp.size] *= ramp
    faded[-ramp.size :] *= ramp[::-1]
    return faded


def _gain(level_db: float) -> float:
    return float(10 ** (level_db / 20))
