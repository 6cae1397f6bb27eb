"""Um and uh in held-out talks spoken by Piper."""

from __future__ import annotations

from pathlib import Path

from benchmarks.delivery.matching import matched, plain
from benchmarks.delivery.sound import VERSIONS
from rehearse.delivery.fillers import hesitations_said
from rehearse.engines.voices.piper_voice import PiperVoice
from rehearse.engines.whisper.filler_detection import WhisperFillerPass
from rehearse.engines.whisper.transcriber import WhisperTranscriber
from rehearse.engines.whisper.weights import load_model
from training.corpus import read_pitches

LEAST = 2
"""Um and uh in a pitch."""
MOST_WORDS = 150


def held_out() -> None:
    """Prints the table."""
    loaded = load_model(None, Path())
    transcriber, finder, voice = WhisperTranscriber(loaded), WhisperFillerPass(loaded), PiperVoice()
    texts = [pitch.text for pitch in read_pitches(Path("corpus/test"))]
    texts = [text for text in texts if _true(text) >= LEAST and len(text.split()) <= MOST_WORDS]
    print(f"\nUm and uh, held-out: {len(texts)} pitches of the test part, spoken by Piper")
    print(f"{'version':<13} {'recall':>9} {'precision':>9}")
    for name, version in VERSIONS.items():
        hit = true = reported = 0
        for text in texts:
            sound = version(voice.speak(text))
            words = transcriber.transcribe(sound)
            found = finder.find(sound, 0.0, words)
            reference = [plain(word) for word in text.split()]
            hit += matched(reference, words, [one.before for one in found])
            true += _true(text)
            reported += len(hesitations_said(words, found))
        print(f"{name:<13} {hit:>4}/{true:<4} {hit:>4}/{reported:<4}", flush=True)
    voice.close()


def _true(text: str) -> int:
    return sum(plain(word) in ("um", "uh") for word in text.split())
