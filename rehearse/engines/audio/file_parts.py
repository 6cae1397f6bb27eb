"""File parts: chained Ogg streams, WAV files with wrong lengths."""

from __future__ import annotations

import io
import mmap
import os
import struct
from pathlib import Path
from typing import BinaryIO

_OGG_HEADER = 27
_OGG_FIRST_PAGE = 0x02
_WAV_FORMATS = (b"RIFF", b"WAVE")


class FilePart(io.RawIOBase):
    """The bytes of a file from `start` to `end`, readable like a file of their own."""

    def __init__(self, path: Path, start: int, end: int) -> None:
        self._path = path
        self._start = start
        self._size = end - start
        self._file: BinaryIO | None = None
        # FFmpeg looks only at the suffix of a name.
        self.name = f"sound{path.suffix}" if path.suffix.isascii() else "sound"

    def open(self) -> None:
        """Start reading from the beginning."""
        self._file = self._path.open("rb")
        self._file.seek(self._start)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert self._file is not None
        left = max(0, self._size - self.tell())
        return self._file.read(left if size < 0 else min(size, left))

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        assert self._file is not None
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self.tell(), os.SEEK_END: self._size}[whence]
        return self._file.seek(self._start + max(0, base + offset)) - self._start

    def tell(self) -> int:
        assert self._file is not None
        return self._file.tell() - self._start


def parts_to_decode(path: Path) -> list[FilePart]:
    """The whole file, or each of its chained Ogg streams."""
    size = path.stat().st_size
    with path.open("rb") as file:
        starts = _chained_starts(file) if file.read(4) == b"OggS" else [0]
    ends = [*starts[1:], size]
    return [FilePart(path, start, end) for start, end in zip(starts, ends, strict=True)]


def _chained_starts(file: BinaryIO) -> list[int]:
    """Where a stream begins after another has ended. Several may begin at once."""
    starts = [0]
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at, beginning = 0, True
        while (at := data.find(b"OggS", at)) >= 0 and at + _OGG_HEADER <= len(data):
            is_first = bool(data[at + 5] & _OGG_FIRST_PAGE)
            if is_first and not beginning:
                starts.append(at)
            beginning = is_first
            table = data[at + _OGG_HEADER : at + _OGG_HEADER + data[at + 26]]
            at += _OGG_HEADER + len(table) + sum(table)
    return starts


def understates_its_length(path: Path) -> bool:
    """Whether the sound of a WAV file continues after the end in its header."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        riff, _, kind = struct.unpack("<4sI4s", file.read(12).ljust(12, b"\0"))
        if (riff, kind) != _WAV_FORMATS:
            return False
        at, after_data = 12, False
        while at + 8 <= size:
            file.seek(at)
            name, length = struct.unpack("<4sI", file.read(8))
            fits = all(32 <= byte < 127 for byte in name) and at + 8 + length <= size + 1
            if after_data and not fits:
                return True
            if name == b"data" and length in (0, 0xFFFFFFFF):
                return False  # a stream of unknown length: read to the end in any case
            after_data = after_data or name == b"data"
            at += 8 + length + length % 2
    return False
