"""`python -m benchmarks.live`: the live path compared with one-shot transcription.

All engines run on the same sound with the same weights in the same process, one after the other.
"""

from __future__ import annotations

import argparse
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import numpy as np

from benchmarks import talks
from benchmarks.held_calls import Answer, answer, cut_offs, questions
from benchmarks.score_parts import profile
from benchmarks.tails import tails
from benchmarks.word_times import times
from rehearse import wiring
from rehearse.calling.live_listener import LiveListener
from rehearse.scoring.scorecard import score_transcript
from rehearse.sound import BLOCK_SAMPLES, Samples, seconds
from rehearse.transcript import Speaker, Transcriber, Transcript, Utterance, Word

HOME = pathlib.Path(tempfile.gettempdir()) / "rehearse-benchmarks"
PATIENCE_S = 2.5


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live")
    parser.add_argument("--threads", type=int, help="threads of torch; its own choice if not given")
    parser.add_argument("--growth", type=float, nargs="*", default=[1, 5, 20], metavar="MINUTES")
    parser.add_argument(
        "--only",
        choices=("end", "words", "tails", "times", "turns", "growth", "memory", "profile"),
    )
    parser.add_argument("--grow", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    import torch

    if options.threads:
        torch.set_num_threads(options.threads)
    if options.grow:
        _grow(options.grow)
        return
    print(f"{talks.machine()}, torch threads {torch.get_num_threads()}")
    tables: dict[str, Callable[[], None]] = {
        "end": _after_the_end,
        "words": _words,
        "tails": tails,
        "times": lambda: times(_transcriber()),
        "turns": _turns,
        "growth": lambda: _growth(options.growth, options.threads),
        "memory": _memory,
        "profile": profile,
    }
    for name, table in tables.items():
        if options.only in (None, name):
            table()


def _after_the_end() -> None:
    """A 60 s talk fed in real time: from its end to its scored transcript."""
    print("\n## From the end of a 60 s talk to its scored transcript (seconds)")
    transcriber, tagger = _transcriber(), wiring.load_tagger()
    talk = talks.of_length(60)
    whole = np.concatenate([talk.samples, np.zeros(int(PATIENCE_S * 16_000), dtype=np.float32)])
    score_transcript(_said(transcriber.transcribe(talk.samples[: 16_000 * 5])), tagger)  # warm
    _openai(talk.samples[: 16_000 * 5])
    one_shot = min(
        talks.timed(lambda: score_transcript(_said(_openai(talk.samples)), tagger))[0]
        for _ in range(2)
    )
    print("| way | s | times faster |\n|---|---|---|")
    print(f"| openai-whisper's transcribe(), then scored | {one_shot:.2f} | 1 |")
    ours, _ = talks.timed(lambda: score_transcript(_said(transcriber.transcribe(talk.samples)),
                                                   tagger))  # fmt: skip
    print(f"| rehearse transcribe, then scored | {ours:.2f} | {one_shot / ours:.1f} |")
    for name, samples in (("Enter at the last word", talk.samples),
                          (f"ended by {PATIENCE_S} s of silence", whole)):  # fmt: skip
        listener = LiveListener(transcriber, wiring.load_detector(), transcriber)
        listener.begin(0.0)
        _feed(listener, samples, paced=True)
        took, _ = talks.timed(lambda lst=listener: score_transcript(_said(lst.finish()), tagger))
        listener.close()
        print(f"| live, {name} | {took:.2f} | {one_shot / took:.1f} |")


def _words() -> None:
    print("\n## Word error rate (%), without um and uh")
    transcriber = _transcriber()
    ways: dict[str, Callable[[Samples], tuple[Word, ...]]] = {
        "openai-whisper's transcribe()": _openai,
        "rehearse transcribe (one-shot)": transcriber.transcribe,
        "rehearse call, recordings": lambda samples: _live(transcriber, samples),
        "rehearse call, microphone": lambda samples: _as_spoken(transcriber, samples),
    }
    sets = {"human, joined": talks.human(), "candidates": talks.candidates()}
    hesitant = [talk for talk in sets["candidates"] if "hesitant" in talk.name]
    print("| way | " + " | ".join([*sets, "of these: hesitant"]) + " | all |\n|" + "---|" * 5)
    for name, way in ways.items():
        counts = {
            talk.name: talks.errors(talk.text, talks.text_of(way(talk.samples)))
            for those in sets.values()
            for talk in those
        }
        cells = [talks.percent(counts[talk.name] for talk in those)
                 for those in (*sets.values(), hesitant)]  # fmt: skip
        cells.append(talks.percent(counts.values()))
        print(f"| {name} | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |", flush=True)


def _turns() -> None:
    print("\n## Turn taking: in real time, with the manager's voice and the scorer")
    transcriber, tagger = _transcriber(), wiring.load_tagger()
    answers: list[Answer] = []
    for name, samples in questions(transcriber):
        answers.append(answer(name, samples, transcriber, tagger, HOME))
    print("| question, then silence | last word to first sound, s | after the decision, s |")
    print("|---|---|---|")
    for found in answers:
        print(f"| {found.name} | {found.total_s:.2f} | {found.after_decision_s:.3f} |")
    total = statistics.median(found.total_s for found in answers)
    after = statistics.median(found.after_decision_s for found in answers)
    print(f"| median | {total:.2f} | {after:.3f} |")
    print("\n| hesitant talk | false cut-offs |\n|---|---|")
    for talk in talks.candidates():
        if "hesitant" in talk.name:
            print(f"| {talk.name} | {cut_offs(talk.samples, transcriber, tagger, HOME)} |")


def _growth(minutes: list[float], threads: int | None) -> None:
    print("\n## Growth of the live path (one process each, sound fed as fast as it can take it)")
    print("| minutes | CPU s | CPU s per minute | at the end, s | peak memory, MB |")
    print("|---|---|---|---|---|")
    for length in minutes:
        command = [sys.executable, "-m", "benchmarks.live", "--grow", str(length)]
        command += ["--threads", str(threads)] if threads else []
        subprocess.run(command, check=True)


def _grow(minutes: float) -> None:
    transcriber = _transcriber()
    talk = talks.of_length(60 * minutes)
    held_mb = talk.samples.nbytes / 1e6  # the input itself, which a microphone does not keep
    listener = LiveListener(transcriber, wiring.load_detector(), transcriber)
    listener.begin(0.0)
    cpu = time.process_time()
    _feed(listener, talk.samples, paced=False)
    for waiting in listener._closed:  # feeding is faster than the worker
        waiting.result()
    tail, _ = talks.timed(listener.finish)
    cpu = time.process_time() - cpu
    listener.close()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3 - held_mb
    print(f"| {minutes:g} | {cpu:.1f} | {cpu / minutes:.1f} | {tail:.2f} | {peak_mb:.0f} |")


def _memory() -> None:
    print("\n## Peak memory of a whole call (in its own process)")
    clip = talks.ROOT / "audio_fixtures" / "a_strong__piper-joe.flac"
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            [sys.executable, "-m", "rehearse", "--home", home, "call", "--candidate", str(clip),
             "--no-sound", "--seed", "1"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(f"| strong pitch, with score, delivery and coaching | {peak_mb:.0f} MB |\n|---|---|")


def _feed(listener: LiveListener, samples: Samples, *, paced: bool) -> None:
    begun = time.monotonic()
    for at in range(0, len(samples) - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
        if paced:
            due = begun + seconds(at + BLOCK_SAMPLES)
            time.sleep(max(0.0, due - time.monotonic()))
        listener.hear(samples[at : at + BLOCK_SAMPLES])


def _live(transcriber: Transcriber, samples: Samples) -> tuple[Word, ...]:
    listener = LiveListener(transcriber, wiring.load_detector(), waits=True)
    listener.begin(0.0)
    _feed(listener, samples, paced=False)
    words = listener.finish()
    listener.close()
    return words


def _as_spoken(transcriber: wiring.LiveTranscriber, samples: Samples) -> tuple[Word, ...]:
    """As in real time: everything started is finished before more sound arrives."""
    listener = LiveListener(transcriber, wiring.load_detector(), transcriber)
    listener.begin(0.0)
    for at in range(0, len(samples) - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
        listener.hear(samples[at : at + BLOCK_SAMPLES])
        if listener._last is not None:
            listener._last.result()
    words = listener.finish()
    listener.close()
    return words


def _transcriber() -> wiring.LiveTranscriber:
    return wiring.load_transcriber(HOME, None)


def _openai(samples: Samples) -> tuple[Word, ...]:
    """The library's own transcribe() with its defaults."""
    model = wiring.speech._speech_model(HOME, None).model
    text = model.transcribe(samples, fp16=False)["text"]
    return tuple(Word(word) for word in str(text).split())


def _said(words: tuple[Word, ...]) -> Transcript:
    return Transcript((Utterance(Speaker.CANDIDATE, words),))


if __name__ == "__main__":
    main()
