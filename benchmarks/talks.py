"""Talks: sound with its words, and how words are compared."""

from __future__ import annotations

import json
import os
import pathlib
import platform
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import soundfile

from rehearse.engines.whisper.library import import_whisper
from rehearse.sound import SAMPLE_RATE_HZ, Samples, sample_count, seconds
from rehearse.transcript import Word

ROOT = pathlib.Path(__file__).parents[1]
DATA = pathlib.Path(os.environ.get("REHEARSE_BENCHMARK_DATA", ROOT.parent / "shared" / "data"))
"""Not in the repository: `human/` and `candidates/`, each with a manifest.json."""
TALK_S = 60.0
GAP_S = 0.7
"""Silence between joined clips."""


@dataclass(frozen=True)
class Talk:
    """`samples`: shape (n,), at SAMPLE_RATE_HZ. `text`: what is said in it."""

    name: str
    samples: Samples
    text: str


def candidates() -> list[Talk]:
    """One talk per file."""
    return [
        Talk(entry["file"], _read(DATA / "candidates" / entry["file"]), entry["text"])
        for entry in _manifest("candidates")
    ]


def human_clips() -> list[Talk]:
    """Single clips of people, by file name."""
    return [
        Talk(entry["file"], _read(DATA / "human" / entry["file"]), entry["text"])
        for entry in sorted(_manifest("human"), key=lambda entry: str(entry["file"]))
    ]


def human() -> list[Talk]:
    """Clips of people, joined into talks of about TALK_S with quiet room noise between them."""
    talks: list[Talk] = []
    clips: list[Talk] = []
    for clip in human_clips():
        clips.append(clip)
        if sum(seconds(len(clip.samples)) for clip in clips) >= TALK_S:
            talks.append(joined(f"human {len(talks) + 1}", clips))
            clips = []
    return [*talks, joined(f"human {len(talks) + 1}", clips)] if clips else talks


def joined(name: str, clips: Sequence[Talk]) -> Talk:
    room = np.random.default_rng(1).standard_normal(sample_count(GAP_S)) * 10 ** (-65 / 20)
    sound = [piece for clip in clips for piece in (clip.samples, room.astype(np.float32))]
    return Talk(name, np.concatenate(sound), " ".join(clip.text for clip in clips))


def of_length(length_s: float) -> Talk:
    """The strong pitch repeated and cut at `length_s`; its text is not of that length."""
    [strong] = [talk for talk in candidates() if talk.name.startswith("a_strong__piper")]
    count = sample_count(length_s)
    times = -(-count // len(strong.samples))
    return Talk(f"{length_s:g} s", np.tile(strong.samples, times)[:count], strong.text)


def text_of(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def errors(expected: str, recognised: str) -> tuple[int, int]:
    """(wrong words, words) after Whisper's own normalisation, which removes um and uh."""
    import jiwer

    import_whisper()
    from whisper.normalizers import EnglishTextNormalizer

    normalise = EnglishTextNormalizer()
    reference = normalise(expected)
    found = jiwer.process_words(reference, normalise(recognised))
    wrong = found.substitutions + found.deletions + found.insertions
    return wrong, len(reference.split())


def percent(counts: Iterable[tuple[int, int]]) -> float:
    pairs = list(counts)
    return 100 * sum(wrong for wrong, _ in pairs) / sum(words for _, words in pairs)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """(wall seconds, CPU seconds of this process) of `work`."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def machine() -> str:
    """One line for the top of a table: date, machine, load."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return (
        f"{time.strftime('%Y-%m-%d %H:%M')} UTC{time.strftime('%z')}, {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}"
    )


def _manifest(folder: str) -> list[dict[str, str]]:
    path = DATA / folder / "manifest.json"
    if not path.exists():
        raise SystemExit(f"{path} is missing: name its folder with REHEARSE_BENCHMARK_DATA.")
    entries: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return entries


def _read(path: pathlib.Path) -> Samples:
    samples, rate_hz = soundfile.read(path, dtype="float32")
    assert rate_hz == SAMPLE_RATE_HZ
    return np.asarray(samples, dtype=np.float32)
