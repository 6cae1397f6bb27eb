"""Names: do they help as a prompt?

Do the names of the call sheet help the recogniser, and does it invent them?

`python -m benchmarks.voices.names`. Greetings of the test part by synthetic voices, and people who
say a name (VCTK's Stella, names in L2-ARCTIC), once without and once with the names as the text
before. Then 200 recordings in which nobody says the names given: people, silence, noise.
"""

from __future__ import annotations

import argparse
import itertools
import pathlib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.talks import errors, human_clips, machine, text_of
from benchmarks.voices.damage import CONDITIONS, heard_in, noise
from benchmarks.voices.names_by_sound import with_names
from benchmarks.voices.recognised import recognised, transcriber
from benchmarks.voices.speakers import VOICES, speak
from benchmarks.voices.speech import arctic, by_birth, mandarin
from rehearse.sound import Samples, sample_count
from training.corpus import read_pitches

TITLES = {"mr", "mrs", "ms", "dr", "director", "captain", "chef", "miss", "professor", "i"}
SHORT_S = 6.0
PROMPTS = {"names": "{}."}
STELLAS = 24
PEOPLE = 176


@dataclass(frozen=True)
class Spoken:
    """`names`: those said in `text`."""

    samples: Samples
    text: str
    names: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--greetings", type=int, default=40)
    parser.add_argument("--model", default="tiny.en", choices=("tiny.en", "base"))
    parser.add_argument("--by-sound", action="store_true", help="In place of a prompt.")
    options = parser.parse_args()
    print(machine())
    if options.by_sound:
        by_sound(options.model, options.greetings)
        return
    print("| names | prompt | recordings | names right | all words wrong |\n|---|---|---|---|---|")
    spoken = {"synthetic": list(greetings(options.greetings)), "people": list(people())}
    for kind, those in spoken.items():
        for how, prompt in {"none": "", **PROMPTS}.items():
            right = named = wrong = words = 0
            for one in those:
                before = prompt.format(", ".join(one.names))
                recognised = _text(options.model, one.samples, before)
                right += sum(name in plain(recognised) for name in plain(" ".join(one.names)))
                named += len(plain(" ".join(one.names)))
                counts = errors(one.text, recognised)
                wrong, words = wrong + counts[0], words + counts[1]
            print(
                f"| {kind} | {how} | {len(those)} | {right} of {named} | {wrong / words:.3f} |",
                flush=True,
            )
    given = [one.names for one in greetings(40, sound=False)]
    for how, prompt in PROMPTS.items():
        invented = silent = 0
        recordings = list(without_names())
        for at, (kind, samples) in enumerate(recordings):
            names = given[at % len(given)]
            before = prompt.format(", ".join(names))
            recognised = _text(options.model, samples, before)
            found = [name for name in plain(" ".join(names)) if name in plain(recognised)]
            if found:
                alone = plain(_text(options.model, samples, ""))
                found = [name for name in found if name not in alone]
            invented += bool(found)
            silent += kind in ("silence", "noise") and bool(recognised)
        print(
            f"Prompt {how}: names invented in {invented} of {len(recordings)} recordings without "
            f"them; words in {silent} of those in which nobody speaks",
            flush=True,
        )


def by_sound(model: str, count: int) -> None:
    """After decoding, doubtful words that sound like a name are replaced (the dev part's greetings,
    since thresholds are chosen here)."""
    spoken = {"gd": list(greetings(count, part="dev")), "gp": list(people())}
    given = [one.names for one in greetings(40, sound=False)]
    talk = [samples for _, samples in without_names()]
    nobody = [recognised(model, f"nn-{at}", samples) for at, samples in enumerate(talk)]
    for least in (0.67, 0.75, 0.8, 0.9):
        print(f"sounds alike from {least}", end="")
        for kind, those in spoken.items():
            right, named, wrong, words = np.zeros(2, int), 0, np.zeros(2, int), 0
            for at, one in enumerate(those):
                found = recognised(model, f"{kind}-{at}", one.samples)
                names = plain(" ".join(one.names))
                texts = text_of(found.words), " ".join(with_names(found.words, one.names, least))
                right += [sum(name in plain(text) for name in names) for text in texts]
                wrong += [errors(one.text, text)[0] for text in texts]
                named, words = named + len(names), words + errors(one.text, texts[0])[1]
            print(
                f"; {len(those)} of {kind}: names right {right[0]} / {right[1]} of {named}, words "
                f"wrong {wrong[0] / words:.3f} / {wrong[1] / words:.3f}",
                end="",
            )
        changed = sum(
            " ".join(with_names(found.words, given[at % len(given)], least)) != text_of(found.words)
            for at, found in enumerate(nobody)
        )
        print(f"; changed {changed} of {len(nobody)} recordings without names", flush=True)


def _text(model: str, samples: Samples, before: str) -> str:
    return text_of(transcriber(model).transcribe(samples, before=before))


def plain(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def greetings(count: int, *, sound: bool = True, part: str = "test") -> Iterator[Spoken]:
    """The first two clauses of pitches whose greeting has a name."""
    pitches = read_pitches(pathlib.Path("corpus") / part)
    random.Random(5).shuffle(pitches)
    found = 0
    for pitch in pitches:
        names = names_in(pitch.clauses[0].text)
        if pitch.clauses[0].speaker != "C" or not names or found == count:
            continue
        text = " ".join(one.text for one in pitch.clauses[:2])
        samples = np.zeros(0, np.float32)
        if sound:
            said, _ = speak(VOICES[found % len(VOICES)], text, random.Random(pitch.id))
            samples = heard_in(said, CONDITIONS[found % len(CONDITIONS)], found).astype(np.float32)
        found += 1
        yield Spoken(samples, text, names)


def names_in(text: str) -> tuple[str, ...]:
    """Words with a capital inside a sentence, titles aside."""
    inside = re.findall(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*", text.replace("Mr. ", "Mr "))
    inside = [re.sub(r"^(Mr|Mrs|Ms|Dr) ", "", one) for one in inside]
    return tuple(one for one in inside if one.lower() not in TITLES)


def people() -> Iterator[Spoken]:
    """People who say a name."""
    stellas = (one for one in by_birth() if "Stella" in one.talk.text)
    for one in itertools.islice(stellas, STELLAS):
        yield Spoken(one.talk.samples, one.talk.text, ("Stella",))
    for one in arctic():
        names = [n for n in ("Jacob Brinker", "Joe Goose", "Hans", "Pascal") if n in one.talk.text]
        if names:
            yield Spoken(one.talk.samples, one.talk.text, tuple(names))


def without_names() -> Iterator[tuple[str, Samples]]:
    """200 recordings in which nobody says a name of `greetings`."""
    talks = [one.talk.samples for one in itertools.chain(by_birth(), arctic(), mandarin(PEOPLE))]
    talks += [clip.samples for clip in human_clips()]
    short = sample_count(SHORT_S)
    pieces = [talk[at : at + short] for at in (0, short) for talk in talks if len(talk) > at]
    for samples in pieces[:PEOPLE]:
        yield "people", samples
    for seed in range(12):
        quiet = noise(sample_count(SHORT_S), seed, 0.95) * 10 ** (-3 + seed / 12)
        yield "silence", quiet.astype(np.float32)
        yield (
            "noise",
            (noise(sample_count(SHORT_S), seed, 0.5 + seed / 30) * 0.3).astype(np.float32),
        )


if __name__ == "__main__":
    main()
