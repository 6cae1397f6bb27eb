"""`python -m benchmarks.acts.speak`: sayings, spoken and transcribed.

Every third one of the held-out writers, by tiny.en.

Writes transcribed.tsv, row by row, in an order that mixes the acts; rows that are there already are
kept.
"""

from __future__ import annotations

import contextlib
import itertools
import random
import tempfile
from pathlib import Path

from benchmarks.acts.sayings import TRANSCRIBED, written
from rehearse import wiring
from rehearse.engines.voices.piper_voice import PiperVoice
from rehearse.engines.voices.pyttsx3_voice import Pyttsx3Voice


def main() -> None:
    home = Path(tempfile.mkdtemp())
    done = TRANSCRIBED.read_text(encoding="utf-8").splitlines() if TRANSCRIBED.exists() else []
    transcriber = wiring.load_transcriber(home, None)
    with contextlib.ExitStack() as stack:
        voices = [
            PiperVoice(rate_wpm=165),
            stack.enter_context(
                contextlib.closing(Pyttsx3Voice(home, voice="en-us", rate_wpm=160))
            ),
            PiperVoice(rate_wpm=190),
            stack.enter_context(
                contextlib.closing(Pyttsx3Voice(home, voice="en-gb", rate_wpm=150))
            ),
        ]
        turns = written(held_out=True)[::3]
        random.Random(1).shuffle(turns)
        pairs = zip(turns, itertools.cycle(voices), strict=False)
        with TRANSCRIBED.open("a", encoding="utf-8") as file:
            for saying, voice in itertools.islice(pairs, len(done), None):
                words = transcriber.transcribe(voice.speak(saying.text))
                text = " ".join(word.text for word in words) or "(nothing)"
                acts = "+".join(sorted(saying.acts))
                file.write("\t".join([acts, text, saying.line]).rstrip("\t") + "\n")
                file.flush()


if __name__ == "__main__":
    main()
