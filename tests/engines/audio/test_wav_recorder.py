"""The recording is whole on disk at any moment of a call."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.engines.audio.wav_recorder import WavRecorder
from rehearse.errors import RehearseError
from rehearse.sound import SAMPLE_RATE_HZ

BLOCK = np.linspace(-0.5, 0.5, 512, dtype=np.float32)


def test_both_sides_are_kept_on_one_clock(tmp_path: Path) -> None:
    with WavRecorder(tmp_path / "call.wav") as recorder:
        recorder.add(BLOCK, np.zeros_like(BLOCK))
        recorder.add(np.zeros_like(BLOCK), BLOCK)
    sound, rate_hz = soundfile.read(tmp_path / "call.wav", dtype="float32")
    assert rate_hz == SAMPLE_RATE_HZ
    assert sound.shape == (1024, 2)
    np.testing.assert_allclose(sound[:512, 0], BLOCK, atol=1e-4)
    np.testing.assert_allclose(sound[512:, 1], BLOCK, atol=1e-4)
    assert not sound[512:, 0].any()
    assert not sound[:512, 1].any()


def test_a_recorder_that_is_never_closed_loses_less_than_a_second(tmp_path: Path) -> None:
    recorder = WavRecorder(tmp_path / "call.wav")
    for _ in range(100):
        recorder.add(BLOCK, BLOCK)
    kept = soundfile.info(tmp_path / "call.wav").frames
    assert 100 * 512 - kept < SAMPLE_RATE_HZ
    recorder.close()


def test_too_loud_is_clipped_not_wrapped(tmp_path: Path) -> None:
    with WavRecorder(tmp_path / "call.wav") as recorder:
        recorder.add(BLOCK * 4, BLOCK * 4)
    sound, _ = soundfile.read(tmp_path / "call.wav", dtype="float32")
    assert sound[0, 0] == pytest.approx(-1, abs=1e-3)
    assert sound[-1, 0] == pytest.approx(1, abs=1e-3)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match=r"missing.call\.wav cannot be written"):
        WavRecorder(tmp_path / "missing" / "call.wav")
