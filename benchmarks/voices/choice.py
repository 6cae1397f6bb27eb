"""Choice: does the voice check lead to the right model?

A person's sentences are dealt out SPLITS times: some for the reading of the check, the others for
the call after it. One split says little: a call of 80 words turns on a few of them.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import jiwer
import numpy as np

from benchmarks.voices.recognised import Recognised
from benchmarks.voices.speech import READING_WORDS, Recording
from rehearse.engines.whisper.library import import_whisper
from rehearse.rehearsing.voice_check import GOOD, POOR, ModelResult, VoiceCheck

SPLITS = 200
CALL_WORDS = 80
"""As many as in the sentences that are left for the call."""

Counts = tuple[int, int]
"""(wrong words, words)."""
Found = list[tuple[Recording, Recognised]]


def choice(found: dict[str, Found]) -> None:
    """Print what the check leads to; `found` by model, the smallest first."""
    people: dict[str, dict[str, list[Counts]]] = {}
    for model, those in found.items():
        for recording, result in those:
            if recording.sentences:
                counts = people.setdefault(recording.speaker, {}).setdefault(model, [])
                counts += errors_by_sentence(recording.sentences, result)
    both = [one for one in people.values() if len({len(counts) for counts in one.values()}) == 1]
    both = [one for one in both if len(one) == len(found)]
    totals = dict.fromkeys(
        ("reach", "got", "got by the rate of all sentences", "poor", "warned", "wrongly"), 0
    )
    random_source = random.Random(3)
    for person in both:
        for _ in range(SPLITS):
            for key, holds in split(person, random_source).items():
                totals[key] += holds
    mean = {key: total / SPLITS for key, total in totals.items()}
    print(
        f"Voice check, {len(both)} people, mean of {SPLITS} splits: {mean['got']:.1f} of "
        f"{mean['reach']:.1f} whom some model understands ({GOOD} or less in the call) get such a "
        f"model (who knew each model's rate over all sentences would choose right for "
        f"{mean['got by the rate of all sentences']:.1f}); {mean['warned']:.1f} of "
        f"{mean['poor']:.1f} above {POOR} with every model are warned, {mean['wrongly']:.1f} of "
        f"{mean['reach']:.1f} wrongly"
    )
    chosen, known = by_luck([{name: _rate(all_) for name, all_ in one.items()} for one in both])
    print(
        f"If each word were wrong by chance, at the rate of all sentences: {chosen:.2f} of those "
        f"whom some model understands would get such a model; who knew the rates: {known:.2f}"
    )


def by_luck(people: Sequence[dict[str, float]]) -> tuple[float, float]:
    """Share of those understood by some model who get such a model: by the check, and by somebody
    who knows the rates. `people`: the error rate of each by model. What is missing is luck."""
    luck = np.random.default_rng(3)
    reach = chosen = known = 0
    for person in people:
        for _ in range(10 * SPLITS):
            read = {
                name: (int(luck.binomial(READING_WORDS, min(1.0, rate))), READING_WORDS)
                for name, rate in person.items()
            }
            in_call = {
                name: luck.binomial(CALL_WORDS, min(1.0, rate)) / CALL_WORDS
                for name, rate in person.items()
            }
            if min(in_call.values()) <= GOOD:
                reach += 1
                chosen += in_call[check_of(read).best.name] <= GOOD
                known += in_call[min(person, key=lambda name: person[name])] <= GOOD
    return chosen / max(1, reach), known / max(1, reach)


def check_of(reading: dict[str, Counts]) -> VoiceCheck:
    return VoiceCheck(
        tuple(
            ModelResult(name, count - wrong, count, wrong / count, 0.0, "")
            for name, (wrong, count) in reading.items()
        ),
        (),
    )


def split(person: dict[str, list[Counts]], random_source: random.Random) -> dict[str, bool]:
    """What comes of one reading and the call after it. `person`: the sentences, by model."""
    sentences = len(next(iter(person.values())))
    order = random_source.sample(range(sentences), sentences)
    words = next(iter(person.values()))
    lengths = itertools.accumulate(words[at][1] for at in order)
    cut = next(at for at, length in enumerate(lengths, 1) if length >= READING_WORDS)
    reading = {name: _sum([counts[at] for at in order[:cut]]) for name, counts in person.items()}
    check = check_of(reading)
    in_call = {name: _rate([counts[at] for at in order[cut:]]) for name, counts in person.items()}
    known = min(person, key=lambda name: _rate(person[name]))
    best = min(in_call.values())
    return {
        "reach": best <= GOOD,
        "got": in_call[check.best.name] <= GOOD,
        "got by the rate of all sentences": in_call[known] <= GOOD,
        "poor": best > POOR,
        "warned": best > POOR and check.warned,
        "wrongly": best <= GOOD and check.warned,
    }


def errors_by_sentence(sentences: Sequence[str], result: Recognised) -> list[Counts]:
    """A word put in counts for the sentence of the word after it, at the end for the last."""
    import_whisper()
    from whisper.normalizers import EnglishTextNormalizer

    normalise = EnglishTextNormalizer()
    said = [normalise(one).split() for one in sentences]
    owner = [at for at, words in enumerate(said) for _ in words]
    text = " ".join(word.text for word in result.words)
    reference = " ".join(itertools.chain(*said))
    [alignment] = jiwer.process_words(reference, normalise(text)).alignments
    wrong = [0] * len(said)
    for chunk in alignment:
        if chunk.type == "insert":
            at = min(chunk.ref_start_idx, len(owner) - 1)
            wrong[owner[at]] += chunk.hyp_end_idx - chunk.hyp_start_idx
        elif chunk.type != "equal":
            for at in range(chunk.ref_start_idx, chunk.ref_end_idx):
                wrong[owner[at]] += 1
    return [(errors, len(words)) for errors, words in zip(wrong, said, strict=True)]


def _sum(counts: Sequence[Counts]) -> Counts:
    return sum(wrong for wrong, _ in counts), sum(words for _, words in counts)


def _rate(counts: Sequence[Counts]) -> float:
    wrong, words = _sum(counts)
    return wrong / max(1, words)
