"""Spoilt: is a damaged question or way noticed?

And is a clear talk left alone?

`python -m benchmarks.voices.spoilt --count 60`. Voices of three engines speak a greeting, the
clause and its neighbours in pitches of the test part, and people read three sentences
(../shared/data/human): clean, by telephone, in a noisy room. Then the clause, or the second
sentence, is spoilt in one of five ways. `--part train` is for choosing thresholds. Talks and
transcripts are kept in REHEARSE_VOICES_CACHE.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import pathlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import soundfile

from benchmarks.talks import Talk, errors, human_clips, joined, machine, text_of
from benchmarks.voices.damage import CONDITIONS, DAMAGE, REASONS, heard_in
from benchmarks.voices.recognised import CACHE, Recognised, recognised
from benchmarks.voices.speakers import VOICES, speak
from rehearse.scoring.scorecard import UNCLEAR_ENOUGH_S
from rehearse.scoring.unclear import unclear_passages
from rehearse.sound import SAMPLE_RATE_HZ, Samples, sample_count
from rehearse.transcript import UnclearPassage, Word
from training.corpus import LabelledClause, Pitch, read_pitches
from training.speak import align

MODEL = "tiny.en"
STILL_UNDERSTOOD = 0.8
"""Share of a clause's words recognised right from which nothing was lost."""
LOST = 0.3
"""Word error rate in a passage from which an alarm about it is no false one."""


@dataclass(frozen=True)
class Script:
    """`texts`: what is said, one after another; the one at `spoilt` gets lost. `sound`: of people;
    None where a voice is to speak."""

    name: str
    texts: tuple[str, ...]
    spoilt: int
    sound: Samples | None = None


@dataclass(frozen=True)
class Pair:
    """A clear talk and the same one spoilt from `start_s` to `end_s`."""

    script: Script
    voice: str
    condition: str
    damage: str
    clear: Samples
    spoilt: Samples
    start_s: float
    end_s: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--part", default="test", choices=("train", "test"))
    parser.add_argument("--each", action="store_true", help="name the talks with errors")
    options = parser.parse_args()
    print(machine())
    found = [judged(pair) for pair in made(options.part, options.count)]
    for how in ("voice", "condition", "damage"):
        table(how, found)
    if options.each:
        for one in found:
            if one["alarms"] or not one["found"]:
                print(one)


def judged(pair: Pair) -> dict[str, object]:
    """What the program says of both talks."""
    name = pair.script.name
    whole = recognised(MODEL, f"{name}-clear", pair.clear)
    broken = recognised(MODEL, f"{name}-{pair.damage}", pair.spoilt)
    wrong, words = errors(" ".join(pair.script.texts), text_of(whole.words))
    alarms = enough(_passages(whole, pair.clear))
    hits = [
        one
        for one in enough(_passages(broken, pair.spoilt))
        if min(one.end_s, pair.end_s) > max(one.start_s, pair.start_s)
    ]
    return {
        "name": name,
        "voice": pair.voice.split()[0],
        "condition": pair.condition,
        "damage": pair.damage,
        "error rate": round(wrong / words, 2),
        "alarms": [(round(p.start_s, 1), round(p.end_s, 1), p.reason.value) for p in alarms],
        "false": any(_error_rate_in(one, pair.script, whole) < LOST for one in alarms),
        "understood": _still_there(pair.script, broken.words) >= STILL_UNDERSTOOD,
        "found": bool(hits),
        "reason": any(one.reason in REASONS[pair.damage] for one in hits),
        "span": (round(pair.start_s, 1), round(pair.end_s, 1)),
    }


def table(how: str, found: Sequence[dict[str, object]]) -> None:
    print(
        f"\n| {how} | whole talks | word error rate | alarms | false alarms | spoilt | still "
        f"understood | found | found of the rest | reason right |\n{'|---' * 10}|"
    )
    for group in (*sorted({str(one[how]) for one in found}), "all"):
        those = [one for one in found if group in (one[how], "all")]
        lost = [one for one in those if not one["understood"]]
        print(
            f"| {group} | {len(those)} | {np.median([one['error rate'] for one in those]):.2f} | "
            f"{_count(those, 'alarms')} | {_count(those, 'false')} | {len(those)} | "
            f"{_count(those, 'understood')} | {_count(those, 'found')} | "
            f"{_count(lost, 'found')} of {len(lost)} | {_count(those, 'reason')} |"
        )


def _count(those: Sequence[dict[str, object]], key: str) -> int:
    return sum(bool(one[key]) for one in those)


def made(part: str, count: int) -> Iterator[Pair]:
    """`count` talks by voices, and those of people: half of them for each part."""
    others: list[Samples] = []
    scripts = itertools.chain(itertools.islice(pitches(part), count), people(part))
    for at, script in enumerate(scripts):
        rng = random.Random(script.name)
        condition = CONDITIONS[at % len(CONDITIONS)]
        damage = DAMAGE[at % len(DAMAGE)]
        voice = VOICES[at % len(VOICES)] if script.sound is None else "people"
        clear = _kept(f"{script.name}-clear")
        if clear is None:
            sound = script.sound
            if sound is None:
                sound, _ = speak(voice, " ".join(script.texts), rng)
            clear = _keep(f"{script.name}-clear", heard_in(sound, condition, at))
        others.append(clear)
        span = _where(script, recognised(MODEL, f"{script.name}-clear", clear))
        if span is None:
            continue
        spoilt = _kept(f"{script.name}-{damage.__name__}")
        if spoilt is None:
            place = slice(max(0, sample_count(span[0])), sample_count(span[1]))
            whole = clear.copy()
            whole[place] = damage(clear[place], rng, others[:-1] or others)
            spoilt = _keep(f"{script.name}-{damage.__name__}", np.clip(whole, -1, 1))
        yield Pair(script, voice, condition, damage.__name__, clear, spoilt, *span)


def pitches(part: str) -> Iterator[Script]:
    """A greeting, a question or way of 8 to 28 words, and its neighbours."""
    found = [
        pitch
        for pitch in read_pitches(pathlib.Path("corpus") / part)
        if not any(clause.speaker == "M" for clause in pitch.clauses)
        and "non-native" not in pitch.manner
        and 45 <= len(pitch.text.split()) <= 130
    ]
    random.Random(11).shuffle(found)
    for pitch in found:
        script = _short(part, pitch, random.Random(pitch.id))
        if script is not None:
            yield script


def _short(part: str, pitch: Pitch, rng: random.Random) -> Script | None:
    those = [
        at
        for at, one in enumerate(pitch.clauses)
        if _is_point(one) and 8 <= len(one.text.split()) <= 28
    ]
    if not those:
        return None
    asks = [at for at in those if "ask" in pitch.clauses[at].labels]
    at = rng.choice(asks if asks and rng.random() < 0.6 else those)
    keep = sorted({0, max(at - 1, 0), at, min(at + 1, len(pitch.clauses) - 1)})
    texts = tuple(pitch.clauses[one].text for one in keep)
    return Script(f"spoilt-{part}-{pitch.id}", texts, keep.index(at))


def _is_point(clause: LabelledClause) -> bool:
    return "ask" in clause.labels or bool(clause.ways)


def people(part: str) -> Iterator[Script]:
    """Three sentences of one source, the second of at least eight words; every other for a part."""
    groups: dict[str, list[Talk]] = collections.defaultdict(list)
    for clip in human_clips():
        groups[clip.name[:4]].append(clip)
    threes = [
        clips[at : at + 3]
        for clips in groups.values()
        for at in range(0, len(clips) - 2, 3)
        if len(clips[at + 1].text.split()) >= 8
    ]
    for number, clips in enumerate(threes):
        if number % 2 == (part == "train"):
            name = f"spoilt-{part}-{clips[0].name.removesuffix('.flac')}"
            sound = joined(name, clips).samples
            yield Script(name, tuple(clip.text for clip in clips), 1, sound)


def _where(script: Script, found: Recognised) -> tuple[float, float] | None:
    """The clause to be spoilt, by the times of the words recognised in the whole talk."""
    words = [
        word
        for word, place in zip(found.words, _places(script, found.words), strict=True)
        if place == script.spoilt
    ]
    if not words or words[0].start_s is None or words[-1].end_s is None:
        return None
    return words[0].start_s - 0.05, words[-1].end_s + 0.1


def _places(script: Script, words: Sequence[Word]) -> list[int]:
    """Which of the texts each recognised word belongs to."""
    owner = [at for at, text in enumerate(script.texts) for _ in text.split()]
    written = [word for text in script.texts for word in text.split()]
    return [owner[place] for place in align(written, [word.text for word in words])]


def _still_there(script: Script, words: Sequence[Word]) -> float:
    """Share of the clause's words that were recognised right although it was spoilt."""
    places = zip(words, _places(script, words), strict=True)
    text = " ".join(word.text for word, place in places if place == script.spoilt)
    wrong, count = errors(script.texts[script.spoilt], text)
    return 1 - wrong / count


def _error_rate_in(passage: UnclearPassage, script: Script, found: Recognised) -> float:
    """Of what is said in a passage: from the last word before it to the first after it."""
    written = [word for text in script.texts for word in text.split()]
    places = align(written, [word.text for word in found.words])
    inside = [
        at
        for at, word in enumerate(found.words)
        if (word.start_s or 0) < passage.end_s and (word.end_s or 0) > passage.start_s
    ]
    before = [at for at, word in enumerate(found.words) if (word.end_s or 0) <= passage.start_s]
    after = [at for at, word in enumerate(found.words) if (word.start_s or 0) >= passage.end_s]
    first = places[before[-1]] + 1 if before else 0
    last = places[after[0]] if after else len(written)
    said = text_of([found.words[at] for at in inside])
    wrong, words = errors(" ".join(written[first:last]) or said, said)
    return wrong / max(1, words)


def _passages(found: Recognised, samples: Samples) -> tuple[UnclearPassage, ...]:
    return unclear_passages(found.words, found.voice, samples, samples)


def enough(passages: Sequence[UnclearPassage]) -> list[UnclearPassage]:
    """Those that are long enough to make a verdict `couldnt_hear`."""
    return [one for one in passages if one.end_s - one.start_s >= UNCLEAR_ENOUGH_S]


def _path(name: str) -> pathlib.Path:
    return CACHE / "spoilt" / f"{name}.flac"


def _kept(name: str) -> Samples | None:
    path = _path(name)
    if not path.exists():
        return None
    return np.asarray(soundfile.read(path, dtype="float32")[0], dtype=np.float32)


def _keep(name: str, sound: Samples) -> Samples:
    _path(name).parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(_path(name), sound, SAMPLE_RATE_HZ)
    kept = _kept(name)
    assert kept is not None
    return kept


if __name__ == "__main__":
    main()
