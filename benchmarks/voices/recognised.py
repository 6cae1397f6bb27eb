"""Recognised: transcripts, cached on disk."""

from __future__ import annotations

import functools
import json
import os
import pathlib
import time
from dataclasses import dataclass
from typing import Any

from benchmarks.talks import errors, text_of
from benchmarks.voices.speech import Recording
from rehearse.sound import Samples, seconds
from rehearse.transcript import Signs, Word

CACHE = pathlib.Path(os.environ.get("REHEARSE_VOICES_CACHE", "build/voices"))


@dataclass(frozen=True)
class Recognised:
    """`voice`: probability of a voice in each block of 512 samples. `work_s`: what it took."""

    words: tuple[Word, ...]
    voice: tuple[float, ...]
    work_s: float
    length_s: float


def recognised(model: str, name: str, samples: Samples) -> Recognised:
    """From the cache, where it was transcribed before."""
    path = CACHE / model / f"{name.replace('/', '_')}.json"
    if not path.exists():
        from rehearse.engines.activity.silero_vad import speech_probabilities

        began = time.perf_counter()
        words = transcriber(model).transcribe(samples)
        entry = {
            "seconds": seconds(len(samples)),
            "took": time.perf_counter() - began,
            "words": [
                (w.text, w.start_s, w.end_s, float(w.probability or 0), w.signs) for w in words
            ],
            "voice": [round(float(one), 2) for one in speech_probabilities(samples)],
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(entry), encoding="utf-8")
    entry = json.loads(path.read_text(encoding="utf-8"))
    return Recognised(
        tuple(_word(*word) for word in entry["words"]),
        tuple(entry["voice"]),
        entry["took"],
        entry["seconds"],
    )


def _word(
    text: str, start_s: float, end_s: float, chance: float, signs: list[Any] | None = None
) -> Word:
    return Word(text, start_s, end_s, chance, signs=None if signs is None else Signs(*signs))


def error_rate(recording: Recording, found: Recognised) -> float:
    """Word errors to words, after Whisper's normaliser."""
    wrong, words = errors(recording.talk.text, text_of(found.words))
    return wrong / max(1, words)


def is_cached(model: str, name: str) -> bool:
    return (CACHE / model / f"{name.replace('/', '_')}.json").exists()


@functools.cache
def transcriber(model: str):  # type: ignore[no-untyped-def]
    import torch

    from rehearse.engines.whisper.transcriber import WhisperTranscriber
    from rehearse.engines.whisper.weights import load_model

    torch.set_num_threads(1)
    return WhisperTranscriber(load_model(model, pathlib.Path("build")))
