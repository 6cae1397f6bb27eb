"""`python -m benchmarks.voices`: who is understood, and by which model.

Transcripts are kept in REHEARSE_VOICES_CACHE (build/voices); `--cached` takes only those that are
there. `--confusions FILE` writes what training/mishearing.py reads.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import pathlib
from collections.abc import Iterable

import numpy as np

from benchmarks.talks import errors, machine, text_of
from benchmarks.voices.choice import choice
from benchmarks.voices.doubt import area_under_the_curve, calibration_error, marked, with_chances
from benchmarks.voices.recognised import Recognised, error_rate, is_cached, recognised
from benchmarks.voices.speech import (
    JUDGED,
    Recording,
    arctic,
    by_birth,
    mandarin,
    mandarin_singly,
)
from rehearse.rehearsing.voice_check import GOOD, POOR
from rehearse.scoring.rubric import Verdict
from rehearse.scoring.scorecard import score_transcript
from rehearse.scoring.unclear import unclear_passages
from rehearse.transcript import Speaker, Transcript, Utterance

MODELS = ("tiny.en", "base")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--speakers", type=int, default=JUDGED)
    parser.add_argument("--singly", type=int, default=0, metavar="N", help="N single sentences.")
    parser.add_argument("--models", nargs="+", default=MODELS, choices=MODELS)
    parser.add_argument("--cached", action="store_true")
    parser.add_argument("--confusions", type=pathlib.Path)
    options = parser.parse_args()
    print(machine())
    recordings = list(
        itertools.chain(
            by_birth(), arctic(), mandarin(options.speakers), mandarin_singly(options.singly)
        )
    )
    if not recordings:
        raise SystemExit("Name the folder of benchmarks/voices/speech.py with REHEARSE_VOICES.")
    found: dict[str, list[tuple[Recording, Recognised]]] = {}
    for model in options.models:
        found[model] = [
            (one, recognised(model, one.talk.name, one.talk.samples))
            for one in recordings
            if not options.cached or is_cached(model, one.talk.name)
        ]
    if options.confusions is not None:
        write_confusions(options.confusions, itertools.chain(*found.values()))
        return
    for model, those in found.items():
        if those:
            work = np.median([result.work_s / result.length_s for _, result in those])
            print(f"\n{model}: {work:.2f} s of work a second of sound (median, one thread)")
            by_group(model, those)
            doubt(model, those)
            for manner in sorted({one.groups["manner"] for one, _ in those}):
                whole(model, manner, [one for one in those if one[0].groups["manner"] == manner])
    if len(found) == len(MODELS) and all(found.values()):
        choice(found)


def by_group(model: str, those: list[tuple[Recording, Recognised]]) -> None:
    people: dict[tuple[str, str], dict[str, tuple[int, int]]] = collections.defaultdict(dict)
    for recording, result in those:
        counts = errors(recording.talk.text, text_of(result.words))
        person = recording.speaker or recording.talk.name
        for key in recording.groups.items():
            before = people[key].get(person, (0, 0))
            people[key][person] = before[0] + counts[0], before[1] + counts[1]
    print(
        f"\n{model}, word error rates\n| group | people | words | wrong | median | range | "
        f"at {GOOD} or less |"
    )
    print("|---|---|---|---|---|---|---|")
    for (kind, group), by_person in sorted(people.items()):
        counted = list(by_person.values())
        rates = [wrong / words for wrong, words in counted]
        words = sum(words for _, words in counted)
        wrong = sum(wrong for wrong, _ in counted) / words
        good = sum(rate <= GOOD for rate in rates)
        print(
            f"| {kind}: {group} | {len(rates)} | {words} | {wrong:.2f} | {np.median(rates):.2f} | "
            f"{min(rates):.2f} to {max(rates):.2f} | {good} |"
        )


def doubt(model: str, those: list[tuple[Recording, Recognised]]) -> None:
    pairs = [
        pair
        for recording, result in those
        if recording.groups["manner"] == "read sentences"
        for pair in with_chances(result.words, recording.talk.text)
    ]
    if not pairs:
        return
    wrong, right = marked(pairs)
    print(
        f"\n{model}, doubt over {len(pairs)} words of read sentences: area under the curve "
        f"{area_under_the_curve(pairs):.2f}, calibration error {calibration_error(pairs):.3f}; "
        f"marked: {wrong:.2f} of wrong words, {right:.2f} of right ones"
    )


def whole(model: str, manner: str, those: list[tuple[Recording, Recognised]]) -> None:
    """What the scorecard says of talk that is no pitch: nothing of it should earn credit."""
    from rehearse.wiring import load_tagger

    tagger = load_tagger()
    poor, good, poor_reported, good_reported, credit, most = 0, 0, 0, 0, 0, 0
    for recording, result in those:
        samples = recording.talk.samples
        turn = Utterance(Speaker.CANDIDATE, result.words, 0.0, result.length_s)
        passages = unclear_passages(result.words, result.voice, samples, samples)
        card = score_transcript(Transcript((turn,)).with_unclear(passages), tagger)
        rate = error_rate(recording, result)
        reported = card.critical_question is Verdict.COULDNT_HEAR
        poor, poor_reported = poor + (rate > POOR), poor_reported + (rate > POOR and reported)
        good, good_reported = good + (rate <= GOOD), good_reported + (rate <= GOOD and reported)
        if card.score > 0:
            ticks = ", ".join(one.criterion.value for one in card.findings if one.met)
            print(f"{recording.talk.name}: {card.score} points for {ticks}, error rate {rate:.2f}")
        credit, most = credit + (card.score > 0), max(most, card.score)
    print(
        f"{model}, {manner}: couldnt_hear reported for {poor_reported} of {poor} recordings "
        f"above {POOR}, wrongly for {good_reported} of {good} at {GOOD} or less; "
        f"{credit} of {len(those)} earned credit, up to {most}"
    )


def write_confusions(path: pathlib.Path, those: Iterable[tuple[Recording, Recognised]]) -> None:
    """Counts of words and short phrases, from recordings of which most words were right."""
    from training.mishearing import Confusions, bare

    counted = Confusions()
    for recording, result in those:
        if recording.groups["manner"] == "read sentences" and error_rate(recording, result) <= 0.5:
            recognised_words = text_of(result.words).lower().split()
            counted.add(recording.talk.text.split(), [w.strip('.,?!;:"') for w in recognised_words])
    rows = sorted(
        (" ".join(said), other, times, counted.said[said])
        for said, others in counted.heard.items()
        for other, times in collections.Counter(others).items()
        if tuple(bare(word) for word in other.split()) != said
    )
    path.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    print(f"{len(rows)} confusions in {path}")


if __name__ == "__main__":
    main()
