"""Decoding: an audio file of any format as raw sound.

It reads to the end, past damaged parts.

PyAV does the work, so no system ffmpeg is needed. It gets open files, so that it never takes a name
for a URL, and tries only the listed formats, so that it follows no playlist.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from rehearse.engines.audio.file_parts import FilePart, parts_to_decode, understates_its_length
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from av.container import InputContainer

FORMATS = "wav, flac, mp3, m4a, ogg or webm"
DEMUXERS = (
    "aac,ac3,aiff,amr,ape,asf,au,avi,caf,flac,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpeg,"
    "mpegts,ogg,w64,wav,wv"
)
"""FFmpeg's names of formats that contain sound themselves and never refer to other files."""
RATES_HZ = (2_000, 768_000)
"""A header with a sample rate outside this range is damaged."""
MOST_CHANNELS = 64
_CHUNK_SAMPLES = 16_384

Channels = npt.NDArray[np.float32]
"""Raw sound: shape (channels, n), float32. Integer formats lie in [-1, 1]."""


@dataclass(frozen=True)
class Chunk:
    """Some sound of one rate and number of channels. `any_scale`: floating-point samples may use
    another scale than -1..1."""

    sound: Channels
    rate_hz: int
    any_scale: bool


@dataclass(frozen=True)
class Track:
    """One sound track of a file. `length_s` is the length that the file claims, None for none."""

    number: int
    is_default: bool
    length_s: float | None


@dataclass
class Damage:
    """Where decoding failed: seconds from the start, in order. `now_s`: the current place."""

    at_s: list[float] = field(default_factory=list)
    now_s: float = 0.0

    def found(self) -> None:
        self.at_s.append(self.now_s)

    def places(self) -> list[float]:
        """The places that are more than a second apart."""
        found: list[float] = []
        for at_s in self.at_s:
            if not found or at_s - found[-1] > 1.0:
                found.append(at_s)
        return found


def tracks(path: Path) -> list[Track]:
    """The sound tracks of `path`. Raises RehearseError if there are none."""
    import av

    with contextlib.ExitStack() as stack:
        container = _open(path, parts_to_decode(path)[0], stack)
        found = [
            Track(
                number,
                bool(stream.disposition & av.stream.Disposition.default),
                _length_s(container, stream),
            )
            for number, stream in enumerate(container.streams.audio)
            if stream.codec_context is not None  # older PyAV lists what it cannot decode
        ]
    if not found:
        raise not_sound(path)
    return found


def chunks(path: Path, track: int, damage: Damage) -> Iterator[Chunk]:
    """The sound of one track from start to end; `damage` gets the places that failed.

    Raises RehearseError for a file that is not sound, or that claims an impossible format.
    """
    for part in parts_to_decode(path):
        waiting: list[Chunk] = []
        for chunk in _frames(path, part, track, damage):
            if waiting and not _alike(waiting[-1], chunk):
                yield _joined(waiting)
                waiting = []
            waiting.append(chunk)
            if sum(one.sound.shape[1] for one in waiting) >= _CHUNK_SAMPLES:
                yield _joined(waiting)
                waiting = []
        if waiting:
            yield _joined(waiting)


def not_sound(path: Path) -> RehearseError:
    return RehearseError(
        f"{path} holds no sound that can be read.",
        f"Use a {FORMATS} file; if it is one, it may be damaged: record or copy it again.",
    )


def _frames(path: Path, part: FilePart, track: int, damage: Damage) -> Iterator[Chunk]:
    """Decode packet by packet, as ffmpeg does: a packet that fails is left out."""
    import av

    with contextlib.ExitStack() as stack:
        container = _open(path, part, stack)
        if track >= len(container.streams.audio):
            return
        stream: Any = container.streams.audio[track]
        if stream.codec_context is None:
            return
        any_scale = stream.codec_context.name.startswith("pcm_f")
        for packet in _packets(container, stream, damage):
            try:
                frames = packet.decode()
            except (av.error.FFmpegError, ValueError):
                damage.found()
                continue
            for frame in frames:
                if frame.samples:
                    sound = _channels(path, frame)
                    damage.now_s += sound.shape[1] / frame.sample_rate
                    yield Chunk(sound, frame.sample_rate, any_scale)


def _packets(container: InputContainer, stream: Any, damage: Damage) -> Iterator[Any]:
    """All packets; after an error in the container it continues as long as packets follow."""
    import av

    came = True
    while came:
        came = False
        try:
            for packet in container.demux(stream):
                came = came or packet.size > 0
                yield packet
            return
        except av.error.FFmpegError:
            damage.found()


def _open(path: Path, part: FilePart, stack: contextlib.ExitStack) -> InputContainer:
    import av

    options = {"format_whitelist": DEMUXERS}
    if understates_its_length(path):
        options["ignore_length"] = "1"
    part.open()
    stack.callback(part.close)
    try:
        opened: InputContainer = av.open(part, metadata_errors="ignore", options=options)
    except (av.error.FFmpegError, ValueError) as error:
        raise not_sound(path) from error
    return stack.enter_context(opened)


def _channels(path: Path, frame: Any) -> Channels:
    """The samples of a frame: (channels, n), float32; NaN becomes silence."""
    if not RATES_HZ[0] <= frame.sample_rate <= RATES_HZ[1]:
        raise _impossible(path, f"{frame.sample_rate} samples a second")
    count = frame.layout.nb_channels
    if not 1 <= count <= MOST_CHANNELS:
        raise _impossible(path, f"{count} channels")
    samples = frame.to_ndarray()
    if not frame.format.is_planar:
        samples = samples.reshape(-1, count).T
    sound: Channels = samples.astype(np.float32)
    if samples.dtype == np.uint8:
        sound = (sound - np.float32(128)) / np.float32(128)
    elif samples.dtype.kind == "i":
        sound /= np.float32(-float(np.iinfo(samples.dtype).min))
    return np.nan_to_num(sound, copy=False, nan=0.0, posinf=0.0, neginf=0.0)


def _impossible(path: Path, claim: str) -> RehearseError:
    return RehearseError(
        f"{path} claims {claim}, which no recording of speech has: its header is damaged.",
        "Record or copy it again.",
    )


def _length_s(container: InputContainer, stream: Any) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return None if container.duration is None else container.duration / 1e6


def _alike(one: Chunk, other: Chunk) -> bool:
    return one.rate_hz == other.rate_hz and len(one.sound) == len(other.sound)


def _joined(parts: list[Chunk]) -> Chunk:
    sound = np.concatenate([part.sound for part in parts], axis=1)
    return Chunk(sound, parts[0].rate_hz, parts[0].any_scale)
