"""Pyttsx3Voice: the computer's own speech engine, through pyttsx3."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import queue
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

import numpy as np

from rehearse.engines.voices.pyttsx3_engine import (
    CHILD,
    EngineLibrary,
    Pyttsx3Engine,
    VoiceInfo,
    cannot_keep,
)
from rehearse.errors import RehearseError
from rehearse.files_in_use import when_free
from rehearse.keeping.private import is_full, made_again
from rehearse.sound import SAMPLE_RATE_HZ, Samples, sample_count, silence

_BACKGROUND_THREADS = 2
_TRAILING_PAUSE_S = 0.1  # eSpeak NG appends 0.315 s, which would delay the candidate's turn
_AUDIBLE = 0.001  # of full scale: -60 dBFS


class Pyttsx3Voice:
    """Speaks lines with pyttsx3, each in its own process, and caches what it has rendered.

    `cache_dir` is created when needed and contains the manager's lines as sound, under hashed
    names. `voice` is an id, name or language of `voices()`, for eSpeak NG also with a variant
    ("en-us+f3"); None selects an American English voice, or else the engine's English default.
    `rate_wpm` is in words per minute. A line that takes longer than `timeout_s` seconds to render
    is an error. `engine_library` None prefers the system's eSpeak NG to the packaged one. `child`
    is the program that renders a line. Nothing is started before the first use.
    """

    def __init__(
        self,
        cache_dir: Path,
        *,
        voice: str | None = None,
        rate_wpm: int = 170,
        timeout_s: float = 20,
        engine_library: EngineLibrary | None = None,
        child: Sequence[str] = CHILD,
    ) -> None:
        self.name = f"pyttsx3, {voice or 'default voice'}"
        self._cache_dir = cache_dir
        self._wanted_voice = voice
        self._rate_wpm = rate_wpm
        self._engine = Pyttsx3Engine(
            cache_dir, library=engine_library, timeout_s=timeout_s, child=child
        )
        self._ahead: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._lock = threading.Lock()  # guards the next three
        self._rendering: dict[Path, Future[Samples]] = {}
        self._threads: list[threading.Thread] = []
        self._closed = False
        self._unkept: dict[Path, Samples] = {}
        """Lines for which the disk has no room."""

    def speak(self, text: str) -> Samples:
        """`text` spoken: shape (n,), float32 in [-1, 1], at SAMPLE_RATE_HZ.

        Empty text gives an empty array. Raises RehearseError when there is no speech engine or
        no such voice, when the line takes too long, or when it cannot be stored.
        """
        line = _one_line(text)
        if not line:
            return silence(0)
        path = self._path(line)
        samples = self._unkept.get(path)
        if samples is None:
            samples = _read(path)
        return self._rendered_once(line, path) if samples is None else samples

    def prepare(self, texts: list[str]) -> None:
        """Render lines in the background for a later `speak`; returns at once.

        A line that cannot be rendered raises its error in `speak`.
        """
        with self._lock:
            if self._closed:
                return
            for text in texts:
                self._ahead.put(text)
            while len(self._threads) < min(_BACKGROUND_THREADS, len(texts)):
                # A daemon: exiting must not wait for lines that nobody will hear.
                thread = threading.Thread(target=self._render_ahead, daemon=True)
                self._threads.append(thread)
                thread.start()

    def voices(self) -> list[VoiceInfo]:
        """All voices of the engine. Raises RehearseError when there is no speech engine."""
        return list(self._engine.info().voices)

    def close(self) -> None:
        """Stop rendering and kill its processes. Only cached lines can be spoken afterwards."""
        with self._lock:
            self._closed = True
            threads, self._threads = self._threads, []
        self._engine.stop()
        for _ in threads:
            self._ahead.put(None)
        for thread in threads:
            thread.join()

    def _render_ahead(self) -> None:
        while (text := self._ahead.get()) is not None:
            if self._closed:
                continue
            try:
                self.speak(text)
            except RehearseError:
                continue  # `speak` raises it again, where it can be shown

    def _rendered_once(self, line: str, path: Path) -> Samples:
        """Render into `path`, or wait for the thread that is already rendering it."""
        with self._lock:
            at_it = self._rendering.get(path)
            mine: Future[Samples] = Future()
            if at_it is None:
                self._rendering[path] = mine
        if at_it is not None:
            # A copy: neither may change what the other plays.
            return at_it.result().copy()
        try:
            samples = self._render(line, path)
            mine.set_result(samples)
            return samples
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._rendering[path]

    def _render(self, line: str, path: Path) -> Samples:
        with tempfile.TemporaryDirectory(prefix="rehearse-voice-") as scratch:
            raw = Path(scratch, "line.wav")
            self._engine.render(line, voice=self._voice_id(), rate_wpm=self._rate_wpm, path=raw)
            samples = _read_raw(raw)
        return self._kept(samples, path)

    def _kept(self, samples: Samples, path: Path) -> Samples:
        """`samples` as the file `path` has them from now on. The home may be deleted meanwhile."""
        import soundfile

        file = io.BytesIO()
        soundfile.write(file, samples, SAMPLE_RATE_HZ, format="WAV", subtype="PCM_16")
        file.seek(0)
        partial = path.with_name(f"{path.name}-{os.getpid()}-{threading.get_ident()}.part")

        def keep() -> None:
            partial.write_bytes(file.getvalue())
            when_free(lambda: partial.replace(path))

        rounded = _read(file)
        assert rounded is not None
        try:
            made_again(path, keep)
        except OSError as error:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
            if not is_full(error):
                raise cannot_keep(self._cache_dir, error.strerror or str(error)) from error
            self._unkept[path] = rounded
        return rounded

    def _voice_id(self) -> str:
        return self._engine.info().voice_id(self._wanted_voice)

    def _path(self, line: str) -> Path:
        key = [self._engine.info().version, self._voice_id(), self._rate_wpm, line]
        return self._cache_dir / f"{hashlib.sha256(json.dumps(key).encode()).hexdigest()}.wav"


def _one_line(text: str) -> str:
    """`text` without line breaks and unprintable characters, one of which ends a C string."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _read(path: Path | io.BytesIO) -> Samples | None:
    """A cached line; None when it is missing or damaged and must be rendered again."""
    import soundfile

    try:
        samples, rate_hz = soundfile.read(path, dtype="float32")
    except (OSError, soundfile.LibsndfileError):
        return None
    return np.asarray(samples, dtype=np.float32) if rate_hz == SAMPLE_RATE_HZ else None


def _read_raw(path: Path) -> Samples:
    """The engine's own file, converted to this program's rate and sample type."""
    import soundfile
    import soxr

    try:
        channels, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise RehearseError(
            "The voice engine wrote a file that is not sound.", "Try another voice."
        ) from error
    samples = soxr.resample(channels.mean(axis=1), rate_hz, SAMPLE_RATE_HZ)
    audible = np.flatnonzero(np.abs(samples) > _AUDIBLE)
    if audible.size:
        samples = samples[: audible[-1] + sample_count(_TRAILING_PAUSE_S)]
    # Resampling can slightly exceed full scale.
    return np.asarray(samples / max(1.0, np.abs(samples).max(initial=0.0)), dtype=np.float32)
