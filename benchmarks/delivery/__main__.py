"""Measure delivery: `python -m benchmarks.delivery [pauses] [timings] [cost] [fillers] [pace]
[held-out] [quick]`, or all.

Needs ../shared/data. Prints tables for docs/delivery.md; pauses take 20 s, the rest some minutes
each; `quick` takes the noisy and telephone versions of the hesitant talks only.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.delivery.cost import cost
from benchmarks.delivery.held_out import held_out
from benchmarks.delivery.matching import matched, plain
from benchmarks.delivery.sound import VERSIONS
from benchmarks.delivery.timings import BY_HAND_S, timings
from rehearse import wiring
from rehearse.delivery.fillers import hesitations_said, is_hesitation
from rehearse.delivery.pauses import PAUSE_S, Span, silences, voiced_spans
from rehearse.engines.activity.silero_vad import speech_probabilities
from rehearse.engines.audio.audio_file import read_audio
from rehearse.engines.whisper.filler_detection import WhisperFillerPass
from rehearse.engines.whisper.transcriber import WhisperTranscriber
from rehearse.engines.whisper.weights import load_model
from rehearse.sound import Samples, level_dbfs, seconds

DATA = Path("../shared/data")
SILENT_DBFS = -45.0
"""The synthetic clips are nearly silent between words: below this level nobody speaks."""
_FRAME = 160


def main() -> None:
    wanted = sys.argv[1:] or ["pauses", "timings", "cost", "held-out", "fillers", "pace"]
    candidates = _manifest("candidates")
    if "pauses" in wanted:
        pauses(candidates)
    if "timings" in wanted:
        transcriber = WhisperTranscriber(load_model(None, Path()))
        whole = {name: read_audio(DATA / "candidates" / f"{name}.flac") for name in BY_HAND_S}
        timings(whole, transcriber, wiring.load_tagger())
    if "cost" in wanted:
        clips = {kind: f"{kind}__piper-joe.flac" for kind in ("d_question_only", "a_strong")}
        cost({kind: read_audio(DATA / "candidates" / name) for kind, name in clips.items()})
    if "held-out" in wanted:
        held_out()
    if "fillers" in wanted or "pace" in wanted:
        words_and_pace(candidates, _manifest("human"), quick="quick" in wanted)


def pauses(entries: list[dict[str, object]]) -> None:
    """Compared with the inserted silences (`pauses_s`) and with all silences of the clean sound."""
    print("Pauses over 0.3 s")
    print(f"{'version':<13} {'inserted':>9} {'recall':>13} {'precision':>13}  length error")
    for name, version in VERSIONS.items():
        marked = found_marked = silent = found_silent = reported = true = 0
        errors = []
        for entry in entries:
            samples = read_audio(DATA / "candidates" / str(entry["file"]))
            length_s = seconds(len(samples))
            found = _inner(silences(voiced_spans(speech_probabilities(version(samples)))), length_s)
            reference = _inner(silences(_voiced_by_level(samples)), length_s)
            marks: list[Span] = [(a, b) for a, b in entry["pauses_s"]]  # type: ignore[attr-defined]
            marked += len(marks)
            found_marked += sum(any(_same(mark, one) for one in found) for mark in marks)
            silent += len(reference)
            for one in reference:
                hits = [other for other in found if _same(one, other)]
                found_silent += bool(hits)
                errors += [(hit[1] - hit[0]) - (one[1] - one[0]) for hit in hits[:1]]
            reported += len(found)
            true += sum(any(_same(one, other) for other in reference) for one in found)
        print(
            f"{name:<13} {found_marked:>4}/{marked:<4} {found_silent:>4}/{silent:<4}"
            f"{found_silent / silent:.2f} {true:>5}/{reported:<4}{true / reported:.2f}  "
            f"median {np.median(errors):+.3f} s, "
            f"90 % within {np.percentile(np.abs(errors), 90):.2f}"
        )


def words_and_pace(
    candidates: list[dict[str, object]], human: list[dict[str, object]], *, quick: bool
) -> None:
    """Um and uh, and pace, on the transcribed words."""
    loaded = load_model(None, Path())
    transcriber, finder = WhisperTranscriber(loaded), WhisperFillerPass(loaded)
    rows: dict[tuple[str, str], list[float]] = {}
    pace_errors: dict[str, list[float]] = {}
    for folder, entry in [*(("human", e) for e in human), *(("candidates", e) for e in candidates)]:
        reference = [plain(word) for word in str(entry["text"]).split()]
        truth = [word in ("um", "uh") for word in reference]
        samples = read_audio(DATA / folder / str(entry["file"]))
        for name, version in VERSIONS.items():
            if name != "clean" and not any(truth) and (folder == "human" or quick):
                continue
            sound = version(samples)
            started = time.process_time()
            words = transcriber.transcribe(sound)
            transcribed = time.process_time()
            found = finder.find(sound, 0.0, words)
            took = time.process_time() - transcribed
            kind = f"{folder}, {'hesitant' if any(truth) else 'without'}"
            row = rows.setdefault((kind, name), [0.0] * 6)
            row[0] += matched(reference, words, [one.before for one in found])
            row[1] += sum(truth)
            row[2] += len(hesitations_said(words, found))
            row[3] += seconds(len(sound))
            row[4] += transcribed - started
            row[5] += took
            spans = _voiced_by_level(samples) if folder == "candidates" else ()
            voice_spans = voiced_spans(speech_probabilities(sound))
            if spans and voice_spans:
                said = sum(not is_hesitation(words, index) for index in range(len(words)))
                measured = said / (voice_spans[-1][1] - voice_spans[0][0])
                true = truth.count(False) / (spans[-1][1] - spans[0][0])
                pace_errors.setdefault(name, []).append(measured / true - 1)
    print("\nUm and uh")
    print(f"{'speech':<22} {'version':<13} {'recall':>9} {'precision':>9}   CPU s: words, um")
    for (kind, name), (hit, true, reported, length_s, words_s, um_s) in rows.items():
        print(
            f"{kind:<22} {name:<13} {hit:>4.0f}/{true:<4.0f} {hit:>4.0f}/{reported:<4.0f}"
            f"   {words_s:.1f}, {um_s:.1f} for {length_s:.0f} s"
        )
    print("\nPace, compared with reference words over the time from first to last sound")
    for name, values in pace_errors.items():
        print(
            f"{name:<13} median {np.median(np.abs(values)):.1%}, "
            f"largest {max(map(abs, values)):.1%} of {len(values)} talks"
        )


def _voiced_by_level(samples: Samples) -> tuple[Span, ...]:
    """Where the clean sound is above SILENT_DBFS, without clicks under 30 ms."""
    levels = [
        level_dbfs(samples[at : at + _FRAME]) for at in range(0, len(samples) - _FRAME, _FRAME)
    ]
    edges = np.flatnonzero(np.diff([0, *(level >= SILENT_DBFS for level in levels), 0]))
    runs = [(first * 0.01, end * 0.01) for first, end in edges.reshape(-1, 2)]
    return tuple((float(start), float(end)) for start, end in runs if end - start >= 0.03)


def _inner(spans: tuple[Span, ...], length_s: float) -> list[Span]:
    """Without the silence before the first and after the last word."""
    return [one for one in spans if one[0] > 0.05 and one[1] < length_s - 0.1]


def _same(one: Span, other: Span) -> bool:
    overlap = min(one[1], other[1]) - max(one[0], other[0])
    return overlap > 0.5 * (one[1] - one[0]) and other[1] - other[0] >= PAUSE_S


def _manifest(folder: str) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = json.loads((DATA / folder / "manifest.json").read_text())
    return entries


if __name__ == "__main__":
    main()
