"""WavRecorder: writes both sides of a call as they arrive.

A killed process loses less than 1 s.
"""

from __future__ import annotations

import contextlib
import os
import struct
from pathlib import Path
from typing import IO

import numpy as np

from rehearse.errors import RehearseError
from rehearse.keeping.private import FILE_MODE, NOT_THROUGH_LINKS, is_gone, made_again
from rehearse.sound import SAMPLE_RATE_HZ, Samples, sample_count

FLUSH_EVERY_S = 0.25
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_CHANNELS, _BYTES = 2, 2


class WavRecorder:
    """A 16-bit stereo WAV file with a correct header after every flush. Use as a context manager.

    If somebody deletes the file during the call, or moves it away, it is written again in full.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[bytes] = []
        self._waiting_samples = 0
        self._broken = False
        self._file: IO[bytes] | None = None
        self._written = 0  # bytes of sound in the file
        try:
            self._open()
        except OSError as error:
            self._abandon()
            raise self._failed(error) from error

    def add(self, candidate: Samples, manager: Samples) -> None:
        both = np.stack([candidate, manager], axis=1)
        self._waiting.append(np.round(np.clip(both, -1, 1) * 32767).astype("<i2").tobytes())
        self._waiting_samples += len(both)
        if self._waiting_samples >= sample_count(FLUSH_EVERY_S):
            self._flush()

    def close(self) -> None:
        """Write the remaining samples and close the file. May be called twice."""
        if not self._broken and self._file is not None:
            self._flush()
        self._abandon()

    def __enter__(self) -> WavRecorder:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _open(self) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self._path, flags | NOT_THROUGH_LINKS, FILE_MODE)
        # Without a buffer: what a full disk refused is not tried again when the file is closed.
        self._file = os.fdopen(descriptor, "w+b", buffering=0)
        self._written = 0
        self._append(b"")

    def _append(self, frames: bytes) -> None:
        """Write `frames`, then the header that tells of them, so that the file is always whole."""
        assert self._file is not None
        _write_at(self._file, _HEADER.size + self._written, frames)
        self._written += len(frames)
        _write_at(self._file, 0, _header(self._written))

    def _abandon(self) -> None:
        """Close without an error: a full disk was already reported."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
        self._file = None

    def _flush(self) -> None:
        frames, self._waiting, self._waiting_samples = b"".join(self._waiting), [], 0
        try:
            assert self._file is not None
            if is_gone(self._file, self._path):
                frames = self._take_back(self._file) + frames
            self._append(frames)
        except OSError as error:
            self._broken = True
            raise self._failed(error) from error

    def _take_back(self, old: IO[bytes]) -> bytes:
        """All frames of the file that is gone, which a new one replaces."""
        old.seek(_HEADER.size)
        frames = old.read()
        made_again(self._path, self._open)
        old.close()
        return frames

    def _failed(self, error: OSError) -> RehearseError:
        return RehearseError(
            f"The recording {self._path} cannot be written: {error.strerror}.",
            "Free some space or choose another folder with --home.",
        )


def _header(sound_bytes: int) -> bytes:
    frame = _CHANNELS * _BYTES
    return _HEADER.pack(
        b"RIFF", _HEADER.size - 8 + sound_bytes, b"WAVE", b"fmt ", 16, 1, _CHANNELS,
        SAMPLE_RATE_HZ, SAMPLE_RATE_HZ * frame, frame, 8 * _BYTES, b"data", sound_bytes,
    )  # fmt: skip


def _write_at(file: IO[bytes], place: int, data: bytes) -> None:
    """Write all of `data`; a nearly full disk takes a part of it first."""
    file.seek(place)
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
