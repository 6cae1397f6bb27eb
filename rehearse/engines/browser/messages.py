"""Messages: sound and short JSON between page and program.

Sound is 16 bit, mono, at SAMPLE_RATE_HZ, after a header of eight bytes in little-endian order:
kind (1 byte), flags (1 byte), number of samples (2 bytes), number of the first sample on the
page's clock (4 bytes). The page's clock counts the samples of its AudioContext.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Literal, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from rehearse.errors import RehearseError
from rehearse.sound import Samples

_HEADER = struct.Struct("<BBHI")
RECORDED = 1
PLAY = 2
STOP = 3
BEGINS = 1
"""Flag of PLAY: a new sound begins, which may be late by itself."""
MOST_SAMPLES = 4096
LONGEST_TEXT = 2_000
LARGEST_MESSAGE = _HEADER.size + 2 * MOST_SAMPLES
_FULL_SCALE = 32767


class BadMessage(RehearseError):
    """What came is not what our own pages send."""

    def __init__(self) -> None:
        super().__init__("The page sent something odd.", "Load the page again.")


@dataclass(frozen=True)
class Recorded:
    """`first`: the page's number of the first sample. `samples`: shape (n,), int16."""

    first: int
    samples: npt.NDArray[np.int16]


class Hello(msgspec.Struct, frozen=True, tag="hello", forbid_unknown_fields=True):
    """The page is ready. The first message of every connection."""

    clock: str
    """A random name of the page's AudioContext: whether it still counts the same samples."""
    received: int
    """How many PLAY messages it has of this line."""
    device: str
    latency_s: float
    """What microphone and loudspeaker take together, as far as the browser knows."""
    processing: list[Literal["echo cancellation", "noise suppression", "gain control"]]
    """What the browser does to the microphone's sound."""


class Late(msgspec.Struct, frozen=True, tag="late", forbid_unknown_fields=True):
    """A sound came too late for its place and began `samples` after it."""

    samples: int


Trouble: TypeAlias = Literal[
    "refused", "missing", "busy", "unplugged", "muted", "silent", "background", "failed"
]


class Problem(msgspec.Struct, frozen=True, tag="problem", forbid_unknown_fields=True):
    """The page has no sound."""

    what: Trouble


class Solved(msgspec.Struct, frozen=True, tag="solved", forbid_unknown_fields=True):
    """The page has sound again after a Problem."""


class Mute(msgspec.Struct, frozen=True, tag="mute", forbid_unknown_fields=True):
    """The person switched the microphone off, or on again, on the page."""

    on: bool


Message: TypeAlias = Hello | Late | Problem | Solved | Mute
_decoder: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


def read_message(data: bytes | str) -> Recorded | Message:
    """What the page sent. Raises BadMessage."""
    if isinstance(data, bytes):
        return _read_sound(data)
    if len(data) > LONGEST_TEXT:
        raise BadMessage
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise BadMessage from error


def _read_sound(data: bytes) -> Recorded:
    if len(data) < _HEADER.size:
        raise BadMessage
    kind, _, count, first = _HEADER.unpack_from(data)
    if kind != RECORDED or not 0 < count <= MOST_SAMPLES or len(data) != _HEADER.size + 2 * count:
        raise BadMessage
    return Recorded(first, np.frombuffer(data, dtype="<i2", offset=_HEADER.size))


def recorded_message(first: int, samples: npt.NDArray[np.int16]) -> bytes:
    """As the page sends it."""
    return _HEADER.pack(RECORDED, 0, len(samples), first) + samples.astype("<i2").tobytes()


def play_message(at: int, samples: Samples, *, begins: bool) -> bytes:
    """Play `samples`, the first at number `at` of the page's clock."""
    flags = BEGINS if begins else 0
    sound = np.round(np.clip(samples, -1, 1) * _FULL_SCALE).astype("<i2").tobytes()
    return _HEADER.pack(PLAY, flags, len(samples), at) + sound


def stop_message() -> bytes:
    """Forget all that is to be played."""
    return _HEADER.pack(STOP, 0, 0, 0)


def as_samples(recorded: npt.NDArray[np.int16]) -> Samples:
    """Shape (n,), float32 in [-1, 1]."""
    return recorded.astype(np.float32) / np.float32(_FULL_SCALE + 1)
