"""Errors of word times: eSpeak reports when each word starts."""

from __future__ import annotations

import ctypes
import difflib
from pathlib import Path

import numpy as np
import soxr

from benchmarks import talks
from rehearse.sound import SAMPLE_RATE_HZ, Samples
from rehearse.transcript import Transcriber

_RETRIEVAL, _WORD, _LIST_END, _UTF8, _RATE = 1, 1, 0, 1, 1
WORDS_A_MINUTE = 150


class _Event(ctypes.Structure):
    """espeak_EVENT of eSpeak NG's speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position_ms", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_uint64),
    )


def times(transcriber: Transcriber) -> None:
    """Prints the table."""
    print("\n## Start of each word compared with eSpeak's own (seconds)")
    print("| text | words | recognised | error, median | 90 % within | over 0.2 | late, median |")
    print("|---|---|---|---|---|---|---|")
    speaker = _Speaker()
    spoken = 0
    all_errors: list[float] = []
    spoken_texts = {talk.text: talk.name.partition("__")[0] for talk in talks.candidates()}
    for text, name in spoken_texts.items():
        samples, said = speaker.speak(text)
        recognised = [
            (_plain(word.text), word.start_s or 0.0) for word in transcriber.transcribe(samples)
        ]
        matcher = difflib.SequenceMatcher(
            None, [text for text, _ in said], [text for text, _ in recognised], autojunk=False
        )
        errors = [
            recognised[b + step][1] - said[a + step][1]
            for a, b, size in matcher.get_matching_blocks()
            for step in range(size)
        ]
        spoken += len(said)
        all_errors += errors
        _row(name, len(said), errors)
    _row("all", spoken, all_errors)


def _row(name: str, words: int, errors: list[float]) -> None:
    off = np.abs(errors)
    print(
        f"| {name} | {words} | {len(errors)} | {np.median(off):.3f} | {np.percentile(off, 90):.2f} "
        f"| {np.mean(off > 0.2):.0%} | {np.median(errors):+.3f} |",
        flush=True,
    )


class _Speaker:
    """eSpeak NG's library, from the package espeakng-loader."""

    def __init__(self) -> None:
        import espeakng_loader

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        folder = Path(espeakng_loader.get_data_path()).parent
        self._rate_hz = self._library.espeak_Initialize(_RETRIEVAL, 0, str(folder).encode(), 0)
        if self._rate_hz <= 0:
            raise SystemExit("eSpeak NG cannot be started from the package espeakng-loader.")
        self._library.espeak_SetVoiceByName(b"en-us")
        self._library.espeak_SetParameter(_RATE, WORDS_A_MINUTE, 0)

    def speak(self, text: str) -> tuple[Samples, list[tuple[str, float]]]:
        """Sound, and each word with its start in seconds."""
        pieces: list[np.ndarray] = []
        said: list[tuple[str, float]] = []

        def take(wave: object, count: int, events: object) -> int:
            if count > 0:
                pieces.append(np.ctypeslib.as_array(wave, (count,)).copy())  # type: ignore[arg-type]
            for event in events:  # type: ignore[attr-defined]
                if event.type == _LIST_END:
                    break
                if event.type == _WORD:
                    at = event.text_position - 1
                    word = text[at : at + event.length]
                    said.append((_plain(word), event.audio_position_ms / 1000))
            return 0

        signature = ctypes.CFUNCTYPE(
            ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
        )
        callback = signature(take)
        self._library.espeak_SetSynthCallback(callback)
        data = text.encode()
        self._library.espeak_Synth(data, len(data) + 1, 0, 0, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        sound = np.concatenate(pieces).astype(np.float32) / 32768
        resampled = soxr.resample(sound, self._rate_hz, SAMPLE_RATE_HZ).astype(np.float32)
        return resampled, said


def _plain(word: str) -> str:
    return "".join(letter for letter in word.lower() if letter.isalnum() or letter == "'")
