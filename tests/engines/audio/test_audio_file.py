"""Any sound a phone produces is read; what is not sound is named."""

import stat
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from rehearse.engines.audio.audio_file import read_audio
from rehearse.errors import RehearseError
from rehearse.sound import SAMPLE_RATE_HZ, Samples
from tests.program import FIXTURES

CODECS = {
    "wav": "pcm_s16le", "flac": "flac", "mp3": "libmp3lame", "m4a": "aac", "ogg": "libopus",
    "webm": "libopus",
}  # fmt: skip


def tone(duration_s: float = 2.0, rate_hz: int = SAMPLE_RATE_HZ) -> Samples:
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return (0.3 * np.sin(2 * np.pi * 440 * time_s)).astype(np.float32)


def loudest_hz(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples))
    return float(np.argmax(spectrum) * SAMPLE_RATE_HZ / len(samples))


def encode(path: Path, samples: Samples, rate_hz: int) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream(CODECS[path.suffix[1:]], rate=rate_hz, layout="mono")
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=rate_hz)
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="flt", layout="mono")
        frame.sample_rate = rate_hz
        frame.pts = 0
        fifo = av.AudioFifo()
        for piece in resampler.resample(frame):
            fifo.write(piece)
        while (
            piece := fifo.read(stream.codec_context.frame_size or 1024, partial=True)
        ) is not None:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))


@pytest.mark.parametrize("suffix", CODECS)
def test_every_format_a_phone_produces(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"clip.{suffix}"
    encode(path, tone(rate_hz=48_000), 48_000)
    samples = read_audio(path)
    assert samples.dtype == np.float32
    assert len(samples) / SAMPLE_RATE_HZ == pytest.approx(2.0, abs=0.1)
    assert loudest_hz(samples) == pytest.approx(440, abs=2)


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "FLOAT"])
@pytest.mark.parametrize("rate_hz", [8_000, 44_100, 96_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_every_kind_of_wav(tmp_path: Path, subtype: str, rate_hz: int, channels: int) -> None:
    path = tmp_path / "clip.wav"
    soundfile.write(path, np.tile(tone(1.0, rate_hz)[:, None], channels), rate_hz, subtype)
    samples = read_audio(path)
    assert len(samples) == pytest.approx(SAMPLE_RATE_HZ, abs=50)
    assert loudest_hz(samples) == pytest.approx(440, abs=2)


def test_one_channel_of_two(tmp_path: Path) -> None:
    path = tmp_path / "clip.wav"
    both = np.stack([tone(1.0), np.zeros(SAMPLE_RATE_HZ, np.float32)], axis=1)
    soundfile.write(path, both, SAMPLE_RATE_HZ)
    assert read_audio(path, channel=0).std() > 0.1
    assert not read_audio(path, channel=1).any()


def test_a_file_broken_off_is_read_up_to_the_break(tmp_path: Path) -> None:
    whole = (FIXTURES / "d_question_only__piper-joe.flac").read_bytes()
    path = tmp_path / "broken.flac"
    path.write_bytes(whole[: len(whole) // 2])
    read = read_audio(path)
    full = read_audio(FIXTURES / "d_question_only__piper-joe.flac")
    assert 0.3 < len(read) / len(full) < 0.7


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_text(path: Path) -> None:
    path.write_text("this is not sound\n" * 100)


def make_header_only(path: Path) -> None:
    soundfile.write(path, np.zeros(0, np.float32), SAMPLE_RATE_HZ)


def make_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (make_empty, "is empty"),
        (make_text, "holds no sound"),
        (make_header_only, "holds no sound"),
        (make_folder, "is a folder"),
        (lambda path: None, "There is no file"),
    ],
)
def test_what_is_not_sound_is_named_with_a_remedy(tmp_path: Path, make: object, says: str) -> None:
    path = tmp_path / "clip.wav"
    make(path)  # type: ignore[operator]
    with pytest.raises(RehearseError, match=says) as caught:
        read_audio(path)
    assert str(path) in caught.value.problem
    assert caught.value.remedy


def test_a_file_one_may_not_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "clip.wav"
    soundfile.write(path, tone(), SAMPLE_RATE_HZ)
    path.chmod(0)
    try:
        path.open("rb").close()
    except PermissionError:
        with pytest.raises(RehearseError, match="may not be read by you"):
            read_audio(path)
    else:
        # Root may read anything: then the sound is read, whatever the mode says.
        assert len(read_audio(path)) == len(tone())
    finally:
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
