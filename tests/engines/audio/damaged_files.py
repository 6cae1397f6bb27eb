"""Files as broken or odd recorders, phones and downloads leave them, made from one talk."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import numpy as np
import soundfile

from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import SAMPLE_RATE_HZ, Samples, sample_count
from tests.program import FIXTURES

TALK = FIXTURES / "d_question_only__piper-joe.flac"
CODECS = {
    "wav": "pcm_s16le", "flac": "flac", "mp3": "libmp3lame", "m4a": "aac", "ogg": "libopus",
    "webm": "libopus", "opus": "libopus", "aac": "aac", "mp4": "aac",
}  # fmt: skip


def encode(path: Path, *tracks: Samples, rate_hz: int, layout: str = "mono") -> Path:
    """Each of `tracks` as a sound track of its own; `samples` are at `rate_hz`."""
    with av.open(str(path), "w", format="ogg" if path.suffix == ".opus" else None) as container:
        streams = [
            container.add_stream(CODECS[path.suffix[1:]], rate=rate_hz, layout=layout)
            for _ in tracks
        ]
        for stream, samples in zip(streams, tracks, strict=True):
            resampler = av.AudioResampler(format=stream.format, layout=layout, rate=rate_hz)
            rows = np.tile(samples, (2 if layout == "stereo" else 1, 1))
            frame = av.AudioFrame.from_ndarray(rows, format="fltp", layout=layout)
            frame.sample_rate, frame.pts = rate_hz, 0
            fifo = av.AudioFifo()
            for piece in resampler.resample(frame):
                fifo.write(piece)
            size = stream.codec_context.frame_size or 1024
            while (piece := fifo.read(size, partial=True)) is not None:
                container.mux(stream.encode(piece))
            container.mux(stream.encode(None))
    return path


def resampled(samples: Samples, rate_hz: int) -> Samples:
    import soxr

    return soxr.resample(samples, SAMPLE_RATE_HZ, rate_hz).astype(np.float32)


def damaged(folder: Path, suffix: str) -> Path:
    """3 % of the bytes replaced at a third of the file."""
    path = encode(folder / f"damaged.{suffix}", resampled(read_audio(TALK), 44_100), rate_hz=44_100)
    data = bytearray(path.read_bytes())
    start = len(data) // 3
    for at in range(start, start + len(data) * 3 // 100):
        data[at] = (data[at] * 7 + 101) % 256
    path.write_bytes(data)
    return path


def two_halves(folder: Path, suffix: str, second_hz: int) -> Path:
    """6 s in stereo, then the rest in mono at another rate: two files put together."""
    talk = read_audio(TALK)
    first, rest = talk[: sample_count(6)], talk[sample_count(6) :]
    first_hz = 48_000 if suffix == "opus" else 44_100
    one = encode(
        folder / f"one.{suffix}", resampled(first, first_hz), rate_hz=first_hz, layout="stereo"
    )
    two = encode(folder / f"two.{suffix}", resampled(rest, second_hz), rate_hz=second_hz)
    path = folder / f"halves.{suffix}"
    path.write_bytes(one.read_bytes() + two.read_bytes())
    return path


def second_track(folder: Path) -> Path:
    talk = read_audio(TALK)
    path = folder / "two-tracks.mp4"
    return encode(path, np.zeros_like(talk), talk, rate_hz=SAMPLE_RATE_HZ)


def antiphase(folder: Path) -> Path:
    talk, path = read_audio(TALK), folder / "antiphase.wav"
    soundfile.write(path, np.stack([talk, -talk], axis=1), SAMPLE_RATE_HZ)
    return path


def integer_scale(folder: Path) -> Path:
    path = folder / "integer-scale.wav"
    soundfile.write(path, read_audio(TALK) * 32_767, SAMPLE_RATE_HZ, subtype="FLOAT")
    return path


def understated(folder: Path) -> Path:
    """A WAV file whose header was never brought up to date: it tells of 2 seconds."""
    path = folder / "understated.wav"
    soundfile.write(path, read_audio(TALK), SAMPLE_RATE_HZ, subtype="PCM_16")
    data = bytearray(path.read_bytes())
    at = data.index(b"data")
    data[at + 4 : at + 8] = struct.pack("<I", 2 * 2 * SAMPLE_RATE_HZ)
    path.write_bytes(data)
    return path


CASES = {
    "damaged m4a": lambda folder: damaged(folder, "m4a"),
    "damaged mp3": lambda folder: damaged(folder, "mp3"),
    "rate change aac": lambda folder: two_halves(folder, "aac", 22_050),
    "rate change mp3": lambda folder: two_halves(folder, "mp3", 22_050),
    "chained opus": lambda folder: two_halves(folder, "opus", 48_000),
    "voice in the second track": second_track,
    "channels that cancel out": antiphase,
    "float at 16 bit scale": integer_scale,
    "header that declares less": understated,
}
