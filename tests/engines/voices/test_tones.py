"""Tones: the telephone's sounds, checked by spectrum and level."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rehearse.engines.voices import tones
from rehearse.sound import SAMPLE_RATE_HZ, Samples, level_dbfs, sample_count, silence


def sine(frequency_hz: float, amplitude: float = 0.1, duration_s: float = 1.0) -> Samples:
    time_s = np.arange(sample_count(duration_s)) / SAMPLE_RATE_HZ
    return (amplitude * np.sin(2 * np.pi * frequency_hz * time_s)).astype(np.float32)


def strongest_hz(samples: Samples, count: int) -> list[int]:
    """The `count` strongest frequencies, rounded to 5 Hz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(samples.size), n=SAMPLE_RATE_HZ * 2))
    found: list[int] = []
    for index in np.argsort(spectrum)[::-1]:
        frequency_hz = index / 2
        if all(abs(frequency_hz - other) > 20 for other in found):
            found.append(5 * round(frequency_hz / 5))
        if len(found) == count:
            break
    return sorted(found)


def share_within(samples: Samples, low_hz: float, high_hz: float) -> float:
    """The share of the energy between two frequencies."""
    power = np.abs(np.fft.rfft(samples)) ** 2
    frequency_hz = np.fft.rfftfreq(samples.size, 1 / SAMPLE_RATE_HZ)
    return float(power[(frequency_hz >= low_hz) & (frequency_hz <= high_hz)].sum() / power.sum())


def sounding_s(samples: Samples) -> list[tuple[bool, float]]:
    """Alternating sound (True) and silence (False) with their lengths in seconds."""
    block = sample_count(0.05)
    flags = [
        bool(np.abs(samples[start : start + block]).max() > 1e-3)
        for start in range(0, samples.size, block)
    ]
    return [(on, round(len(list(run)) * 0.05, 2)) for on, run in itertools.groupby(flags)]


def test_ring_back_has_the_american_cadence() -> None:
    ring = tones.ring_back(3, first_ring_s=0.8, last_pause_s=1.5)

    assert sounding_s(ring) == [
        (True, 0.8),
        (False, 4.0),
        (True, 2.0),
        (False, 4.0),
        (True, 2.0),
        (False, 1.5),
    ]
    assert strongest_hz(ring[: sample_count(0.8)], 2) == [440, 480]
    assert share_within(ring, 400, 520) > 0.99


def test_one_ring_is_short() -> None:
    assert sounding_s(tones.ring_back(1)) == [(True, 1.0), (False, 1.0)]


def test_hanging_up_is_a_click_and_a_busy_tone() -> None:
    sound = tones.hang_up(2)

    busy = sound[tones.pick_up().size :]
    assert sounding_s(busy) == [(True, 0.5), (False, 0.5)] * 2
    assert strongest_hz(busy[: sample_count(0.5)], 2) == [480, 620]


def test_voicemail_beep_is_one_kilohertz() -> None:
    beep = tones.voicemail_beep()

    assert beep.size == sample_count(0.5)
    assert strongest_hz(beep, 1) == [1000]
    assert share_within(beep, 900, 1100) > 0.999


def test_picking_up_is_a_click_that_fades() -> None:
    click = tones.pick_up()

    assert level_dbfs(click[: sample_count(0.03)]) > level_dbfs(click[sample_count(0.15) :]) + 30
    assert share_within(click, 250, 4000) > 0.95


def test_tones_start_and_end_without_a_click() -> None:
    beep = tones.voicemail_beep()

    assert share_within(beep, 2000, 8000) < 1e-6
    assert abs(beep[0]) < 1e-3
    assert abs(beep[-1]) < 1e-3


def test_line_noise_is_faint_and_never_silent() -> None:
    noise = tones.line_noise(2.0)

    assert noise.size == sample_count(2.0)
    assert level_dbfs(noise) == pytest.approx(-66, abs=0.5)
    # Exact zeros would mean a dead microphone.
    assert np.count_nonzero(noise[sample_count(0.1) :]) > 0.99 * (noise.size - sample_count(0.1))
    assert share_within(noise, 250, 4000) > 0.95
    assert not np.array_equal(noise, tones.line_noise(2.0, seed=1))
    assert tones.line_noise(0).shape == (0,)


@pytest.mark.parametrize(
    "make",
    [
        tones.ring_back,
        tones.pick_up,
        tones.voicemail_beep,
        tones.hang_up,
        lambda: tones.line_noise(1.0),
    ],
)
def test_every_sound_is_the_same_every_time(make: Callable[[], Samples]) -> None:
    sound = make()

    assert sound.dtype == np.float32
    assert sound.ndim == 1
    assert np.abs(sound).max() < 0.9
    assert np.array_equal(sound, make())


@pytest.mark.parametrize(
    ("frequency_hz", "least_db", "most_db"),
    [
        (60, -200, -50),
        (150, -200, -20),
        (400, -1, 0.1),
        (1000, -0.1, 0.1),
        (3000, -1, 0.1),
        (5000, -200, -20),
        (7000, -200, -50),
    ],
)
def test_telephone_band(frequency_hz: float, least_db: float, most_db: float) -> None:
    heard = sine(frequency_hz)

    change_db = level_dbfs(tones.telephone_band(heard)[8000:]) - level_dbfs(heard[8000:])
    assert least_db < change_db < most_db


def test_telephone_band_keeps_length_type_and_range() -> None:
    loud = np.sign(sine(400, amplitude=1.0)).astype(np.float32)
    heard = tones.telephone_band(loud)

    assert heard.shape == loud.shape
    assert heard.dtype == np.float32
    assert np.abs(heard).max() <= 1
    assert tones.telephone_band(silence(0)).shape == (0,)


@pytest.mark.parametrize("amplitude", [0.01, 0.1, 0.9])
def test_even_level_brings_speech_without_its_pauses_to_the_target(amplitude: float) -> None:
    burst = sine(400, amplitude=amplitude)
    even = tones.even_level(np.concatenate([burst, silence(3.0), burst]))

    assert even.dtype == np.float32
    assert level_dbfs(even[: burst.size]) == pytest.approx(-20, abs=0.2)
    assert not even[burst.size : burst.size + sample_count(3.0)].any()


def test_a_few_sharp_peaks_are_turned_down_and_leave_the_voice_as_loud_as_others() -> None:
    peaky = sine(400, amplitude=0.1)
    peaky[800::1600] = 0.9
    even = tones.even_level(peaky)

    assert np.abs(even).max() <= 10 ** (-1 / 20) + 1e-4
    between = [even[start : start + 1000] for start in range(1100, even.size - 1600, 1600)]
    assert level_dbfs(np.concatenate(between)) == pytest.approx(-20, abs=1.5)


@given(arrays(np.float32, st.integers(1, 4000), elements=st.floats(-1, 1, width=32)))
def test_even_level_never_clips(samples: Samples) -> None:
    assert np.abs(tones.even_level(samples, target_dbfs=-3)).max() <= 10 ** (-1 / 20) + 1e-4


def test_even_level_of_even_sound_changes_nothing() -> None:
    even = tones.even_level(np.concatenate([sine(400), sine(400, amplitude=0.02)]))

    assert np.allclose(tones.even_level(even), even, atol=1e-6)


@pytest.mark.parametrize(
    "quiet", [silence(0), silence(1.0), tones.line_noise(1.0)], ids=["none", "zeros", "noise"]
)
def test_even_level_does_not_amplify_sound_without_speech(quiet: Samples) -> None:
    assert np.array_equal(tones.even_level(quiet), quiet)
