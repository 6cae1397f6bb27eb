"""The recording is whole on disk at any moment of a call."""

import errno
import gc
import shutil
from pathlib import Path
from typing import IO

import numpy as np
import pytest
import soundfile

from rehearse.engines.audio.wav_recorder import WavRecorder
from rehearse.errors import RehearseError
from rehearse.sound import SAMPLE_RATE_HZ
from tests.keeping.deleting import removes_once

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


def test_a_recording_that_is_deleted_is_written_once_more(tmp_path: Path) -> None:
    path = tmp_path / "home" / "call.wav"
    path.parent.mkdir()
    block = np.full(4096, 0.5, dtype=np.float32)
    with WavRecorder(path) as recorder:
        recorder.add(block, block)
        path.unlink()
        path.parent.rmdir()
        recorder.add(block, block)
    samples, _ = soundfile.read(path)
    assert samples.shape == (2 * 4096, 2)
    assert samples.min() > 0.49


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_one_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from rehearse.engines.audio import wav_recorder

    monkeypatch.setattr(wav_recorder, "NOT_THROUGH_LINKS", 0)
    (tmp_path / "call.wav").symlink_to("/dev/full")
    with pytest.raises(RehearseError, match="No space left"):
        WavRecorder(tmp_path / "call.wav")
    gc.collect()
    assert capfd.readouterr().err == ""


def test_a_disk_that_fills_up_is_one_error_and_keeps_what_came_before(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from rehearse.engines.audio import wav_recorder

    whole = wav_recorder._write_at
    room = [100_000]

    def nearly_full(file: IO[bytes], place: int, data: bytes) -> None:
        room[0] -= len(data)
        if room[0] < 0:
            whole(file, place, data[: room[0]])
            raise OSError(errno.ENOSPC, "No space left on device")
        whole(file, place, data)

    monkeypatch.setattr(wav_recorder, "_write_at", nearly_full)
    with WavRecorder(tmp_path / "call.wav") as recorder:
        for _ in range(40):
            recorder.add(BLOCK, BLOCK)
        recorder.add(BLOCK[: 512 // 2], BLOCK[: 512 // 2])
        with pytest.raises(RehearseError, match="No space left"):
            recorder.add(np.tile(BLOCK, 20), np.tile(BLOCK, 20))
    del recorder
    gc.collect()
    assert capfd.readouterr().err == ""
    sound, _ = soundfile.read(tmp_path / "call.wav", dtype="float32")
    assert len(sound) >= 40 * 512 - 4096
    np.testing.assert_allclose(sound[:512, 0], BLOCK, atol=1e-4)


@pytest.mark.parametrize("how", ["moved", "deleted, and its folder removed again"])
def test_a_recording_that_is_gone_is_written_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    path = tmp_path / "home" / "call.wav"
    path.parent.mkdir()
    block = np.full(4096, 0.5, dtype=np.float32)
    with WavRecorder(path) as recorder:
        recorder.add(block, block)
        path.parent.rename(tmp_path / "waste bin")
        if how != "moved":
            shutil.rmtree(tmp_path / "waste bin")
            removed = removes_once(monkeypatch, path.parent)
        recorder.add(block, block)
    samples, _ = soundfile.read(path)
    assert samples.shape == (2 * 4096, 2)
    assert samples.min() > 0.49
    assert how == "moved" or removed
