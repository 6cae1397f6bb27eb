"""Voice activity with the real weights."""

import numpy as np
import pytest

from rehearse.engines.activity import silero_vad
from rehearse.engines.activity.silero_vad import FRAME_SAMPLES, SileroVad, speech_probabilities
from rehearse.sound import SAMPLE_RATE_HZ
from tests.noises import NOISES, at_level, fixture, silence

VOICED = 0.5


def stream(vad, samples):
    count = len(samples) // FRAME_SAMPLES
    return np.array([vad.accept(frame) for frame in samples[: count * FRAME_SAMPLES].reshape(
        count, FRAME_SAMPLES)])  # fmt: skip


def test_the_values_match_silero_itself():
    # From silero_vad.onnx of the package silero-vad 6.2.3, run on these frames by onnxruntime.
    expected = [0.053, 0.297, 0.164, 0.279, 0.509, 0.753, 0.959, 0.736, 0.495, 0.928, 0.679, 0.674]
    loud = at_level(fixture("d_question_only__piper-joe"), -8)  # loud enough that no gain is added
    frames = loud[FRAME_SAMPLES : 13 * FRAME_SAMPLES].reshape(12, FRAME_SAMPLES)
    before = np.concatenate([np.zeros((1, 64)), frames[:-1, -64:]])
    whole = np.concatenate([before, frames], axis=1, dtype=np.float32)
    found = silero_vad._network().probabilities(whole, silero_vad._State())
    assert found == pytest.approx(expected, abs=0.002)


def test_speech_is_voiced_and_the_pauses_around_it_are_not():
    speech = fixture("d_question_only__piper-joe")
    padded = np.concatenate([silence(2), speech, silence(2)])
    voiced = speech_probabilities(padded) >= VOICED
    edge = 2 * SAMPLE_RATE_HZ // FRAME_SAMPLES
    assert voiced[edge:-edge].mean() > 0.8
    assert not voiced[: edge - 1].any()
    assert not voiced[-edge + 10 :].any()


@pytest.mark.parametrize("name", NOISES)
def test_what_is_not_speech_is_hardly_ever_voiced(name):
    voiced = speech_probabilities(NOISES[name](10)) >= VOICED
    # Of 312 frames; the rules that use them need more than one. The start of a knock fools the
    # detector, but not for long enough.
    assert voiced.sum() <= (12 if name == "knocks" else 1)


@pytest.mark.parametrize("level_dbfs", [-20, -35, -50])
def test_a_quiet_microphone_works_as_well(level_dbfs):
    speech = fixture("d_question_only__piper-joe")
    voiced = speech_probabilities(at_level(speech, -20)) >= VOICED
    quiet = speech_probabilities(at_level(speech, level_dbfs)) >= VOICED
    assert (quiet & voiced).sum() > 0.9 * voiced.sum()


def test_rumble_below_the_voice_does_not_hide_it():
    """Rumble 35 dB above a soft voice; without the filter, a tenth of the frames is voiced."""
    speech = at_level(fixture("d_question_only__piper-joe"), -50)
    spectrum = np.fft.rfft(np.random.default_rng(6).standard_normal(len(speech)))
    hertz = np.fft.rfftfreq(len(speech), 1 / SAMPLE_RATE_HZ)
    brown = np.fft.irfft(np.where(hertz > 20, 0, spectrum / np.maximum(hertz, 1)), len(speech))
    voiced = speech_probabilities(speech) >= VOICED
    found = speech_probabilities(speech + at_level(brown, -15)) >= VOICED
    assert (found & voiced).sum() > 0.9 * voiced.sum()
    assert (found & ~voiced).sum() < 0.2 * (~voiced).sum()


def test_a_stream_and_the_whole_sound_agree_and_reset_starts_over():
    samples = fixture("d_question_only__piper-joe")[: 3 * SAMPLE_RATE_HZ]
    whole = speech_probabilities(samples)[: len(samples) // FRAME_SAMPLES]
    vad = SileroVad()
    first = stream(vad, samples)
    vad.reset()
    assert first == pytest.approx(whole, abs=1e-4)
    assert stream(vad, samples).tolist() == first.tolist()


@pytest.mark.parametrize("count", [0, 1, FRAME_SAMPLES, FRAME_SAMPLES + 1])
def test_the_last_incomplete_frame_counts(count):
    frames = speech_probabilities(np.zeros(count, dtype=np.float32))
    assert len(frames) == -(-count // FRAME_SAMPLES)
    assert frames.dtype == np.float32


def test_a_block_of_another_length_is_rejected():
    with pytest.raises(ValueError, match=r"shape \(100,\)"):
        SileroVad().accept(np.zeros(100, dtype=np.float32))


def test_the_same_sound_twice_has_the_same_probabilities_until_it_changes() -> None:
    samples = np.random.default_rng(0).normal(0, 0.1, 32_000).astype(np.float32)
    first = speech_probabilities(samples)
    expected = first.copy()
    first[:] = 0.0  # what a caller does with them is its own matter
    assert np.array_equal(speech_probabilities(samples), expected)
    samples[:] = 0.0
    assert not np.array_equal(speech_probabilities(samples), expected)
