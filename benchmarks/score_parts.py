"""Score parts: where the processor time of `rehearse score` goes.

The program's own functions are timed in place while one recording is scored. What a part calls
that has a name of its own counts there only.
"""

from __future__ import annotations

import collections
import contextlib
import pathlib
import tempfile
import time
from collections.abc import Callable
from typing import Any
from unittest import mock

import soundfile

from benchmarks import talks
from rehearse import wiring
from rehearse.rehearsing import talk_files

CLIP = talks.ROOT / "audio_fixtures" / "a_strong__piper-joe.flac"
ROUNDS = 3


class Stopwatch:
    """CPU seconds by name; while a named part runs, the one that called it stands still."""

    def __init__(self) -> None:
        self.cpu_s: collections.Counter[str] = collections.Counter()
        self._running = ["everything else"]
        self._since_s = time.process_time()

    def timed(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """A name that starts with a colon continues that of the part that calls it."""

        def run(*arguments: Any, **options: Any) -> Any:
            caller = self._running[-1].split(":")[0]
            self.stop()
            self._running.append(caller + name if name.startswith(":") else name)
            try:
                return function(*arguments, **options)
            finally:
                self.stop()
                self._running.pop()

        return run

    def stop(self) -> None:
        """Add the time since the last stop to the part that runs."""
        now_s = time.process_time()
        self.cpu_s[self._running[-1]] += now_s - self._since_s
        self._since_s = now_s


def profile() -> None:
    """One table: the CPU seconds of each part, after a first time that warms up."""
    watch = _scored()
    sound_s = soundfile.info(CLIP).duration
    whole_s = sum(watch.cpu_s.values()) / ROUNDS
    print(f"\n## Where the time goes: {CLIP.name}, {sound_s:.0f} s, models loaded")
    print("| part | CPU s | % |\n|---|---|---|")
    for name, all_s in watch.cpu_s.most_common():
        print(f"| {name} | {all_s / ROUNDS:.2f} | {100 * all_s / ROUNDS / whole_s:.0f} |")
    print(f"| together ({whole_s / sound_s:.3f} per second of speech) | {whole_s:.2f} | 100 |")


def _scored() -> Stopwatch:
    from rehearse.engines.activity import silero_vad, swift_pitch, turn_measurer
    from rehearse.engines.minilm.tagger import MinilmTagger
    from rehearse.engines.whisper import filler_detection, transcriber, word_timing
    from rehearse.engines.whisper.decoder_layers import DecoderLayers

    recogniser, fillers = transcriber.WhisperTranscriber, filler_detection.WhisperFillerPass
    parts: list[tuple[Any, str, str]] = [
        (recogniser, "transcribe", "recognising: the rest"),
        (fillers, "find", "um and uh: the rest"),
        (transcriber, "timed_pieces", "word timing: the rest"),
        (transcriber, "encode", ": encoder"),
        (filler_detection, "encode", ": encoder"),
        (DecoderLayers, "begin", ": keys and values of the sound"),
        (DecoderLayers, "states", ": decoder layers"),
        (DecoderLayers, "logits", ": vocabulary projection"),
        (word_timing, "_probabilities", ": vocabulary projection"),
        (transcriber, "speech_probabilities", "voice activity"),
        (turn_measurer, "speech_probabilities", "voice activity"),
        (talk_files, "cut_in_pauses", "reading the file"),
        (swift_pitch.SwiftPitch, "pitch_hz", "pitch"),
        (MinilmTagger, "tag", "scoring: tagging the clauses"),
        (talk_files, "score_talk", "scoring: the rest, delivery and coaching"),
    ]
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as replaced:
        home = pathlib.Path(folder)
        transcriber, measured = (
            wiring.load_transcriber(home, None),
            wiring.MeasurerWhenNeeded(home, None),
        )

        def score() -> None:
            silero_vad._latest = b"", silero_vad._latest[1]  # as if the sound were new
            tagger = wiring.load_tagger()  # a new one each time: it remembers what it tagged
            talk_files.score_file(CLIP, lambda: transcriber, tagger, wiring.sound_tools(), measured)

        score()
        watch = Stopwatch()
        for owner, attribute, name in parts:
            timed = watch.timed(getattr(owner, attribute), name)
            replaced.enter_context(mock.patch.object(owner, attribute, timed))
        replaced.enter_context(
            mock.patch.object(
                wiring, "load_tagger", watch.timed(wiring.load_tagger, "loading tagger")
            )
        )
        for _ in range(ROUNDS):
            score()
        watch.stop()
    return watch
