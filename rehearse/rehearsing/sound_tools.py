"""SoundTools: write, read and search recordings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from rehearse.recording import Recorder
from rehearse.scoring.language import LanguageDetector
from rehearse.sound import Samples

Note: TypeAlias = Callable[[str], None]
"""Gets a sentence that a person should read; the work continues."""


def say_nothing(sentence: str) -> None:
    """A Note that drops the message."""


@dataclass(frozen=True)
class SoundStream:
    """Sound that is decoded while it is read. `length_s` is the length that the file claims, None
    if it claims none. `parts`: mono, at SAMPLE_RATE_HZ, in order; each may raise RehearseError."""

    length_s: float | None
    parts: Iterator[Samples]


class ReadSound(Protocol):
    """Decodes an audio file to mono at SAMPLE_RATE_HZ. Raises RehearseError."""

    def __call__(
        self, path: Path, *, channel: int | None = None, note: Note = say_nothing
    ) -> Samples:
        """`channel` picks one; None mixes all."""
        ...


class StreamSound(Protocol):
    """As ReadSound, but piece by piece, so that a recording may last for hours."""

    def __call__(
        self, path: Path, *, channel: int | None = None, note: Note = say_nothing
    ) -> SoundStream: ...


@dataclass(frozen=True)
class SoundTools:
    """Chosen in wiring/, so that nothing here depends on a file format or a model."""

    read: ReadSound
    stream: StreamSound
    check_readable: Callable[[Path], None]
    """Raises RehearseError for a file that cannot be opened, before anything slow starts."""
    record: Callable[[Path], AbstractContextManager[Recorder]]
    voice_probabilities: Callable[[Samples], Sequence[float]]
    """The probability (0..1) of a voice in each block of BLOCK_SAMPLES."""
    languages: LanguageDetector
    """Tells talk in another language from talk that is no pitch."""
