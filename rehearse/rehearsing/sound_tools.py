"""SoundTools: how recordings are written, read and searched for a voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rehearse.recording import Recorder
from rehearse.sound import Samples


class ReadSound(Protocol):
    """Decodes an audio file to mono at SAMPLE_RATE_HZ. Raises RehearseError."""

    def __call__(self, path: Path, *, channel: int | None = None) -> Samples:
        """`channel` picks one; None mixes all."""
        ...


@dataclass(frozen=True)
class SoundTools:
    """Chosen in wiring.py, so that nothing here depends on a file format or a model."""

    read: ReadSound
    check_readable: Callable[[Path], None]
    """Raises RehearseError for a file that cannot be opened, before anything slow starts."""
    record: Callable[[Path], AbstractContextManager[Recorder]]
    voice_probabilities: Callable[[Samples], Sequence[float]]
    """The probability (0..1) of a voice in each block of BLOCK_SAMPLES."""
