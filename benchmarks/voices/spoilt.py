"""Spoilt: is a damaged question or way noticed?

`python -m benchmarks.voices.spoilt --count 60`. A synthetic voice speaks a greeting, the clause and
its neighbours in pitches of the corpus: clean, by telephone, in a noisy room. Then the clause is
spoilt in one of five ways. Talks and transcripts are kept in REHEARSE_VOICES_CACHE.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import pathlib
import random
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import scipy.signal
import soundfile

from benchmarks.talks import machine
from benchmarks.voices.recognised import CACHE, Recognised, recognised
from rehearse.scoring.scorecard import UNCLEAR_ENOUGH_S
from rehearse.scoring.unclear import unclear_passages
from rehearse.sound import SAMPLE_RATE_HZ, Samples, sample_count
from rehearse.transcript import UnclearPassage
from training.corpus import LabelledClause, Pitch, read_pitches
from training.speak import Piper, align

MODEL = "tiny.en"
CONDITIONS = ("clean", "phone", "noise")


def pitches() -> list[Pitch | None]:
    """A greeting, a question or way of 8 to 28 words, and its neighbours; None without such."""
    found = []
    for part in ("dev", "test", "train"):
        for pitch in read_pitches(pathlib.Path("corpus") / part):
            if any(clause.speaker == "M" for clause in pitch.clauses):
                continue
            long_enough = any(len(one.text.split()) >= 8 for one in _points(pitch))
            plain = "non-native" not in pitch.manner
            if plain and long_enough and 45 <= len(pitch.text.split()) <= 130:
                found.append(pitch)
    random.Random(11).shuffle(found)
    return [_short(pitch, random.Random(at + 1000)) for at, pitch in enumerate(found)]


def _points(pitch: Pitch) -> list[LabelledClause]:
    return [one for one in pitch.clauses if "ask" in one.labels or one.ways]


def _short(pitch: Pitch, rng: random.Random) -> Pitch | None:
    those = [
        at
        for at, one in enumerate(pitch.clauses)
        if ("ask" in one.labels or one.ways) and 8 <= len(one.text.split()) <= 28
    ]
    if not those:
        return None
    asks = [at for at in those if "ask" in pitch.clauses[at].labels]
    at = rng.choice(asks if asks and rng.random() < 0.6 else those)
    keep = sorted({0, max(at - 1, 0), at, min(at + 1, len(pitch.clauses) - 1)})
    clauses = tuple(
        dataclasses.replace(pitch.clauses[one], letter="!" if one == at else "-") for one in keep
    )
    return dataclasses.replace(pitch, clauses=clauses)


def mumbled(part: Samples, rng: random.Random, _: Sequence[Samples]) -> Samples:
    low = scipy.signal.butter(6, rng.choice((400, 500)), "lowpass", fs=SAMPLE_RATE_HZ, output="sos")
    return scipy.signal.sosfilt(low, part) * 0.35


def drowned(part: Samples, rng: random.Random, _: Sequence[Samples]) -> Samples:
    return part + _scaled(_noise(len(part), rng.randrange(9**9), 0.9), part, rng.choice((-3, -6)))


def babble(part: Samples, rng: random.Random, others: Sequence[Samples]) -> Samples:
    """Four other people at once."""
    voices = np.zeros(len(part))
    for _ in range(4):
        other = rng.choice(others)
        start = rng.randrange(max(1, len(other) - len(part)))
        voice = np.resize(other[start : start + len(part)], len(part))
        voices = voices + voice / np.sqrt(np.mean(voice**2) + 1e-9)
    return part + _scaled(voices, part, rng.choice((-2, -5)))


def lost(part: Samples, rng: random.Random, _: Sequence[Samples]) -> Samples:
    """Pieces of 0.1 to 0.25 s missing, as on a bad connection."""
    out, at = part.copy(), 0
    while at < len(out):
        at += sample_count(rng.uniform(0.05, 0.15))
        until = at + sample_count(rng.uniform(0.1, 0.25))
        out[at:until] = 0
        at = until
    return out


def cut(part: Samples, *_: object) -> Samples:
    return part * 0


SPOIL: tuple[Callable[..., Samples], ...] = (mumbled, drowned, babble, lost, cut)
REASONS = {
    "mumbled": {"muffled", "too_quiet"},
    "drowned": {"noise"},
    "babble": {"noise"},
    "lost": {"broken_up"},
    "cut": {"broken_up"},
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=60)
    count = parser.parse_args().count
    print(machine())
    alarms, found, right_reason = 0, collections.Counter(), collections.Counter()
    tried: collections.Counter[str] = collections.Counter()
    clear = 0
    for name, whole, spoilt, how, span in made(count):
        clear += 1
        passages = _passages(recognised(MODEL, f"{name}-clear", whole), whole)
        if _enough(passages):
            alarms += 1
            print(f"false alarm: {name} {[(p.start_s, p.end_s, p.reason) for p in passages]}")
        tried[how] += 1
        hits = [
            one
            for one in _enough(_passages(recognised(MODEL, f"{name}-{how}", spoilt), spoilt))
            if min(one.end_s, span[1]) > max(one.start_s, span[0])
        ]
        found[how] += bool(hits)
        right_reason[how] += any(one.reason in REASONS[how] for one in hits)
        if not hits:
            print(f"missed: {name} {how} {span[0]:.1f} to {span[1]:.1f} s")
    print(f"\n{alarms} false alarms on {clear} clear talks")
    print("| spoilt | talks | found | reason right |\n|---|---|---|---|")
    for how, times in tried.items():
        print(f"| {how} | {times} | {found[how]} | {right_reason[how]} |")
    print(f"| all | {clear} | {sum(found.values())} | {sum(right_reason.values())} |")


def made(count: int) -> Iterator[tuple[str, Samples, Samples, str, tuple[float, float]]]:
    """(name, whole talk, spoilt talk, how it was spoilt, where in seconds)."""
    piper: Piper | None = None
    others: list[Samples] = []
    for at, pitch in enumerate(pitches()[:count]):
        if pitch is None:
            continue
        rng = random.Random(at)
        path = CACHE / "spoilt" / f"{at:03}.flac"
        if not path.exists():
            piper = piper or Piper()
            sound, _ = piper.speak(pitch.text, rng)
            path.parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(path, _heard_in(sound, CONDITIONS[at % 3], at), SAMPLE_RATE_HZ)
        whole = soundfile.read(path, dtype="float32")[0]
        others.append(whole)
        found = recognised(MODEL, f"{at:03}-clear", whole)
        span = _where(pitch, found)
        if span is None:
            continue
        spoil = SPOIL[at % len(SPOIL)] if at >= len(SPOIL) or at % len(SPOIL) != 2 else drowned
        path = path.with_name(f"{at:03}-{spoil.__name__}.flac")
        if not path.exists():
            spoilt = whole.copy()
            part = slice(max(0, sample_count(span[0])), sample_count(span[1]))
            spoilt[part] = spoil(whole[part], rng, others[:-1] or others)
            soundfile.write(path, np.clip(spoilt, -1, 1), SAMPLE_RATE_HZ)
        spoilt = soundfile.read(path, dtype="float32")[0]
        yield f"{at:03}", whole, spoilt, spoil.__name__, span


def _heard_in(sound: Samples, condition: str, seed: int) -> Samples:
    sound = 0.5 * sound / np.abs(sound).max()
    if condition == "phone":
        band = scipy.signal.butter(4, (300, 3400), "bandpass", fs=SAMPLE_RATE_HZ, output="sos")
        sound = scipy.signal.sosfilt(band, sound)
    noise = _noise(len(sound), seed, 0.95)
    return np.clip(sound + _scaled(noise, sound, 15 if condition == "noise" else 45), -1, 1)


def _where(pitch: Pitch, found: Recognised) -> tuple[float, float] | None:
    """The clause to be spoilt, by the times of the words recognised in the whole talk."""
    owner = [at for at, clause in enumerate(pitch.clauses) for _ in clause.text.split()]
    written = [word for clause in pitch.clauses for word in clause.text.split()]
    places = align(written, [word.text for word in found.words])
    words = [
        word
        for word, place in zip(found.words, places, strict=True)
        if pitch.clauses[owner[place]].letter == "!"
    ]
    if not words or words[0].start_s is None or words[-1].end_s is None:
        return None
    return words[0].start_s - 0.05, words[-1].end_s + 0.1


def _passages(found: Recognised, samples: Samples) -> tuple[UnclearPassage, ...]:
    return unclear_passages(found.words, found.voice, samples, samples)


def _enough(passages: Sequence[UnclearPassage]) -> list[UnclearPassage]:
    return [one for one in passages if one.end_s - one.start_s >= UNCLEAR_ENOUGH_S]


def _noise(count: int, seed: int, low: float) -> Samples:
    white = np.random.default_rng(seed).standard_normal(count)
    return scipy.signal.lfilter([0.1], [1, -low], white)


def _scaled(noise: Samples, part: Samples, snr_db: float) -> Samples:
    """`noise` at `snr_db` below `part`."""
    return noise * np.sqrt(np.mean(part**2) / 10 ** (snr_db / 10) / np.mean(noise**2))


if __name__ == "__main__":
    main()
