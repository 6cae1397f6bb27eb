"""`python -m benchmarks.acts.credited`: is a credited question answered?

Holds calls in text whose turns are joined from clauses of the development corpus, and compares
what the manager did with what the scorecard says.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rehearse import wiring
from rehearse.calling.acts import ActClassifier
from rehearse.calling.manager import Manager
from rehearse.calling.matters import MatterFinder
from rehearse.calling.scenario import Moment, packaged_scenario
from rehearse.calling.understood import understood
from rehearse.preparing.call_sheet import CallSheet
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import Speaker, Transcript, Utterance, words_of_text

CORPUS = Path(__file__).parents[2] / "corpus" / "dev"
SCENARIOS = ("friendly", "sceptical")
TURNS, MOST_CLAUSES = 3, 4


def clauses() -> tuple[list[str], list[str]]:
    """The clauses of the development corpus that ask the critical question, and the others."""
    asks: list[str] = []
    others: list[str] = []
    for file in sorted(CORPUS.rglob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            left, bar, text = line.partition(" | ")
            if bar and not left.startswith("#"):
                (asks if "ask" in left.split()[1:] else others).append(text.strip())
    return asks, others


@dataclass(frozen=True)
class Held:
    """One call: whether the scorecard credits the question, and whether the manager answered."""

    credited: bool
    answered: bool


def held(
    calls: int, tagger: ClauseTagger, classifier: ActClassifier, matters: MatterFinder
) -> Iterator[Held]:
    """So many calls, the same every time."""
    asks, others = clauses()
    random_ = random.Random(1)
    for number in range(calls):
        manager = Manager(packaged_scenario(SCENARIOS[number % 2]), CallSheet(), number)
        utterances: tuple[Utterance, ...] = ()
        answered = False
        lines = (manager.greet(),)
        asks_in = random_.choice((None, *range(TURNS)))
        turns = []
        for turn in range(TURNS):
            parts = random_.sample(others, random_.randint(1, MOST_CLAUSES))
            if turn == asks_in:
                parts.insert(random_.randint(0, len(parts)), random_.choice(asks))
            turns.append(" ".join(parts))
        # A doubt may come first: the question stays open, and a short turn gets the answer.
        for turn_text in (*turns, "Okay."):
            for line in lines:
                utterances += (Utterance(Speaker.MANAGER, words_of_text(line.text)),)
            if lines[-1].hangs_up or (turn_text == "Okay." and answered):
                break
            utterances += (Utterance(Speaker.CANDIDATE, words_of_text(turn_text)),)
            clauses_said = tagger.tag(utterances)
            lines = manager.reply(understood(utterances, clauses_said, classifier, matters))
            answered = answered or any(line.moment is Moment.ANSWER for line in lines)
        card = score_transcript(Transcript(utterances), tagger)
        yield Held(card.finding(Criterion.CRITICAL_QUESTION).met, answered)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=200)
    calls = parser.parse_args().calls
    table: Counter[Held] = Counter()
    parts = wiring.load_tagger(), wiring.load_act_classifier(), wiring.load_matter_finder()
    for number, call in enumerate(held(calls, *parts)):
        table[call] += 1
        if call.credited != call.answered:
            print(f"call {number}: {call}", flush=True)
    print("| | answered | not answered |\n|---|---|---|")
    print(f"| credited | {table[Held(True, True)]} | {table[Held(True, False)]} |")
    print(f"| not credited | {table[Held(False, True)]} | {table[Held(False, False)]} |")


if __name__ == "__main__":
    main()
