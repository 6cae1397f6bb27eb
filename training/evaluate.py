"""Evaluate: a trained checkpoint on a part of the corpus."""

from __future__ import annotations

import argparse
import pathlib
from collections.abc import Sequence

import numpy as np
import torch

from rehearse.scoring.clauses import Clause
from rehearse.scoring.decode import Thresholds, clauses_of
from rehearse.scoring.scorecard import Scorecard, score_transcript
from rehearse.transcript import Speaker, Utterance
from training.base import wordpiece
from training.corpus import Pitch
from training.examples import example
from training.measure import Outcome, figures, line
from training.talks import outcome, transcript, variants
from training.train import load, predict


class Foretold:
    """A tagger with precomputed logits."""

    name = "foretold"

    def __init__(self, logits: np.ndarray, thresholds: Thresholds) -> None:
        self.logits, self.thresholds = logits, thresholds

    def tag(self, utterances: Sequence[Utterance]) -> tuple[Clause, ...]:
        turns = [u.words for u in utterances if u.speaker is Speaker.CANDIDATE]
        return clauses_of(turns, self.logits, self.thresholds)


def score_all(
    pitches: Sequence[Pitch], logits: Sequence[np.ndarray], thresholds: Thresholds
) -> list[Scorecard]:
    return [
        score_transcript(transcript(p), Foretold(some, thresholds))
        for p, some in zip(pitches, logits, strict=True)
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint", nargs="+")
    parser.add_argument("--part", default="dev")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    pieces = wordpiece()
    models = [load(pathlib.Path(path)) for path in options.checkpoint]
    for name, (pitches, golds) in variants(options.part).items():
        examples = [example(p) for p in pitches]
        each = [predict(model, examples, pieces) for model in models]
        logits = [np.mean(rows, axis=0) for rows in zip(*each, strict=True)]
        cards = score_all(pitches, logits, Thresholds())
        print(line(f"{name} ({len(pitches)})", figures(golds, [outcome(c) for c in cards])))
        if options.errors and name == "text":
            show_errors(pitches, golds, cards)


def show_errors(
    pitches: Sequence[Pitch], golds: Sequence[Outcome], cards: Sequence[Scorecard]
) -> None:
    for pitch, truth, card in zip(pitches, golds, cards, strict=True):
        said = outcome(card)
        wrong = sorted(c.value for c in truth.met ^ said.met)
        if truth.contributions != said.contributions:
            wrong.append(f"ways {truth.contributions} found {said.contributions}")
        if not wrong:
            continue
        print(f"\n== {pitch.id}: {', '.join(wrong)}")
        for clause in pitch.clauses:
            tags = sorted(clause.labels - {"way"}) + [f"way{w}" for w in clause.ways]
            tags += [f"!{n}" for n in clause.near_misses]
            print(f"   {clause.speaker} {' '.join(tags) or '-':12}| {clause.text}")
        for c in card.clauses:
            tops = {k.value: round(v, 2) for k, v in c.probabilities.items() if v > 0.2}
            print(f"      > {tops} {c.way or ''} {c.text[:90]}")


if __name__ == "__main__":
    main()
