"""WavRecorder: both sides of the call to disk as they come; a killed process loses under 1 s."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from rehearse.errors import RehearseError
from rehearse.sound import SAMPLE_RATE_HZ, Samples, sample_count

FLUSH_EVERY_S = 0.25


class WavRecorder:
    """A 16 bit stereo WAV file, its header right after every flush. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[bytes] = []
        self._waiting_samples = 0
        try:
            self._file = path.open("wb")
            self._wav: wave.Wave_write = wave.open(self._file, "wb")  # noqa: SIM115
            self._wav.setnchannels(2)
            self._wav.setsampwidth(2)
            self._wav.setframerate(SAMPLE_RATE_HZ)
            self._wav.writeframes(b"")
        except OSError as error:
            raise self._failed(error) from error

    def add(self, candidate: Samples, manager: Samples) -> None:
        both = np.stack([candidate, manager], axis=1)
        self._waiting.append(np.round(np.clip(both, -1, 1) * 32767).astype("<i2").tobytes())
        self._waiting_samples += len(both)
        if self._waiting_samples >= sample_count(FLUSH_EVERY_S):
            self._flush()

    def close(self) -> None:
        """Write what waits and close the file. May be called twice."""
        if self._file.closed:
            return
        self._flush()
        self._wav.close()
        self._file.close()

    def __enter__(self) -> WavRecorder:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _flush(self) -> None:
        frames, self._waiting, self._waiting_samples = b"".join(self._waiting), [], 0
        try:
            # writeframes updates the header each time, so the file is whole at any moment.
            self._wav.writeframes(frames)
            self._file.flush()
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> RehearseError:
        return RehearseError(
            f"The recording {self._path} cannot be written: {error.strerror}.",
            "Free some space or choose another folder with --home.",
        )
