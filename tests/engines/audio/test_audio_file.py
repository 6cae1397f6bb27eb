"""Any sound a phone produces is read; what is not sound is named."""

import os
import stat
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.engines.audio.audio_file import read_audio, stream_audio
from rehearse.errors import RehearseError
from rehearse.sound import SAMPLE_RATE_HZ, Samples
from tests.engines.audio.damaged_files import CASES, TALK, damaged, encode, second_track
from tests.program import FIXTURES


def tone(duration_s: float = 2.0, rate_hz: int = SAMPLE_RATE_HZ) -> Samples:
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return (0.3 * np.sin(2 * np.pi * 440 * time_s)).astype(np.float32)


def loudest_hz(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples))
    return float(np.argmax(spectrum) * SAMPLE_RATE_HZ / len(samples))


@pytest.mark.parametrize("suffix", ["wav", "flac", "mp3", "m4a", "ogg", "webm", "opus", "aac"])
def test_every_format_a_phone_produces(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"clip.{suffix}"
    encode(path, tone(rate_hz=48_000), rate_hz=48_000)
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


@pytest.mark.parametrize("case", CASES)
def test_every_recording_is_decoded_to_its_end(tmp_path: Path, case: str) -> None:
    whole, read = read_audio(TALK), read_audio(CASES[case](tmp_path))
    lost_s = (len(whole) - len(read)) / SAMPLE_RATE_HZ
    assert -0.3 < lost_s < (0.8 if "damaged" in case else 0.05)
    assert np.abs(read).max() == pytest.approx(np.abs(whole).max(), rel=0.3)
    if "damaged" not in case:
        loudness = [np.sqrt(np.mean(np.square(part[: len(whole)]))) for part in (read, whole)]
        assert loudness[0] == pytest.approx(loudness[1], rel=0.15)


def test_what_was_left_out_is_said_with_its_place(tmp_path: Path) -> None:
    notes: list[str] = []
    read_audio(damaged(tmp_path, "m4a"), note=notes.append)
    (note,) = notes
    assert note.startswith("damaged.m4a is damaged: what could not be decoded was left out, at 0:0")


def test_the_track_with_the_voice_is_used_and_named(tmp_path: Path) -> None:
    notes: list[str] = []
    assert read_audio(second_track(tmp_path), note=notes.append).std() > 0.01
    assert notes == [
        "two-tracks.mp4 has 2 sound tracks: number 2 was used, it holds the most speech."
    ]


def test_an_intact_file_needs_no_note(tmp_path: Path) -> None:
    notes: list[str] = []
    for path in FIXTURES.glob("*piper-joe.flac"):
        read_audio(path, note=notes.append)
    assert not notes


def test_trailing_text_in_a_wav_file_is_not_sound(tmp_path: Path) -> None:
    path = tmp_path / "tagged.wav"
    soundfile.write(path, tone(1.0), SAMPLE_RATE_HZ)
    path.write_bytes(path.read_bytes() + b"LIST" + (4000).to_bytes(4, "little") + b"INFO" * 1000)
    assert len(read_audio(path)) == SAMPLE_RATE_HZ


@pytest.mark.parametrize("rate_hz", [1, 100, 1_000_000])
def test_a_header_that_claims_an_absurd_rate_is_refused_at_once(
    tmp_path: Path, rate_hz: int
) -> None:
    path = tmp_path / "absurd.wav"
    soundfile.write(path, tone(2.5), SAMPLE_RATE_HZ)
    data = bytearray(path.read_bytes())
    data[24:28] = rate_hz.to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(RehearseError, match=f"claims {rate_hz} samples a second"):
        read_audio(path)


@pytest.mark.parametrize(
    "name", ["memo:10:30.wav", "-dash.wav", "http:example.org.wav", "file:x.wav", "a%20b?c#d.wav"]
)
def test_a_path_is_a_path_and_never_a_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    soundfile.write(tmp_path / name, tone(1.0), SAMPLE_RATE_HZ)
    assert len(read_audio(Path(name))) == SAMPLE_RATE_HZ


def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.wav")
    soundfile.write(tmp_path / "plain.wav", tone(1.0), SAMPLE_RATE_HZ)
    (tmp_path / "plain.wav").rename(path)
    assert len(read_audio(path)) == SAMPLE_RATE_HZ


@pytest.mark.parametrize("suffix", ["m3u8", "wav", "mp4"])
def test_a_playlist_is_not_followed(tmp_path: Path, suffix: str) -> None:
    soundfile.write(tmp_path / "secret.wav", tone(), SAMPLE_RATE_HZ)
    path = tmp_path / f"list.{suffix}"
    path.write_text(f"#EXTM3U\n#EXTINF:2,\n{tmp_path}/secret.wav\n#EXT-X-ENDLIST\n")
    with pytest.raises(RehearseError, match="holds no sound"):
        read_audio(path)


def test_memory_stays_flat_however_long_a_recording_is(tmp_path: Path) -> None:
    path = tmp_path / "long.flac"
    noise = np.random.default_rng(1).normal(0, 0.05, 60 * SAMPLE_RATE_HZ).astype(np.float32)
    with soundfile.SoundFile(path, "w", SAMPLE_RATE_HZ, 1) as file:
        for _ in range(5):
            file.write(noise)
    tracemalloc.start()
    lengths = [len(part) for part in stream_audio(path).parts]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(lengths) == 5 * len(noise)
    assert peak < 4e6, "bytes; the sound has 19 MB"
