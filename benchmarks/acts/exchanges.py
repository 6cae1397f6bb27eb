"""`python -m benchmarks.acts.exchanges FILE`: exchanges for a reader to judge.

Holds calls in text with several characters and businesses; every turn is one of a writer's in
benchmarks/acts/said. Each exchange shows the line before, the turn and the reply.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from benchmarks.acts.sayings import HERE, Saying, sayings
from rehearse import wiring
from rehearse.calling.manager import Manager
from rehearse.calling.scenario import packaged_scenario
from rehearse.calling.understood import understood
from rehearse.preparing.call_sheet import CallSheet
from rehearse.transcript import Speaker, Utterance, words_of_text

SCENARIOS = ("friendly", "sceptical", "distracted", "busy", "redirect")
SHEETS = (
    CallSheet(manager="Dana Keller", company="Halvorsen Freight", job="planner"),
    CallSheet(manager="Rosa Lind", company="Lind's Bakery", job="shift leader"),
    CallSheet(manager="Priya Shah", company="Oak Lane Vet Clinic", job="receptionist"),
    CallSheet(manager="Tom Beck", company="Northgate Software", job="support engineer"),
    CallSheet(manager="Ruth Adeyemi", company="Elm Street School", job="secretary"),
)
TURNS = 5
OPENS = frozenset({"greeting", "reason", "good_time", "who"})
ENDS = frozenset({"goodbye"})
NEEDS_LINE = frozenset({"answers_question", "answers_objection"})


def chosen(rows: list[Saying], random_: random.Random) -> list[Saying]:
    """An opening, three turns of other acts, and something that may end a call."""
    opens = [row for row in rows if row.acts & OPENS]
    ends = [row for row in rows if row.acts & ENDS]
    others = [row for row in rows if not row.acts & (OPENS | ENDS)]
    acts = random_.sample(sorted({act for row in others for act in row.acts}), TURNS - 1)
    middle = [random_.choice([row for row in others if act in row.acts]) for act in acts]
    last = [random_.choice(ends)] if random_.random() < 0.4 else []
    return [random_.choice(opens), *middle[: TURNS - 1 - len(last)], *last]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--writer", default="vera")
    parser.add_argument("--exchanges", type=int, default=200)
    wanted = parser.parse_args()
    every = list(sayings([HERE / "said" / f"{wanted.writer}.tsv"]))
    rows = [row for row in every if not row.line and not row.acts & NEEDS_LINE]
    tagger, classifier = wiring.load_tagger(), wiring.load_act_classifier()
    matters = wiring.load_matter_finder()
    random_ = random.Random(1)
    out: list[str] = []
    number = call = 0
    while number < wanted.exchanges:
        scenario, sheet = SCENARIOS[call % len(SCENARIOS)], SHEETS[call // 2 % len(SHEETS)]
        manager = Manager(packaged_scenario(scenario), sheet, call)
        lines = (manager.greet(),)
        utterances: tuple[Utterance, ...] = ()
        out.append(f"\n== Call {call + 1}: {scenario}, {sheet.company}, {sheet.job}")
        out += [f"{line.who}: {line.text}" for line in lines if line.text]
        for saying in chosen(rows, random_):
            if lines[-1].hangs_up or number == wanted.exchanges:
                break
            for line in lines:
                utterances += (Utterance(Speaker.MANAGER, words_of_text(line.text)),)
            utterances += (Utterance(Speaker.CANDIDATE, words_of_text(saying.text)),)
            clauses = tagger.tag(utterances)
            lines = manager.reply(understood(utterances, clauses, classifier, matters))
            number += 1
            out.append(f"[{number}] caller: {saying.text}")
            out += [f"{line.who}: {line.text}" for line in lines if line.text]
        call += 1
    wanted.file.write_text("\n".join(out).lstrip() + "\n", encoding="utf-8")
    print(f"{number} exchanges in {call} calls: {wanted.file}")


if __name__ == "__main__":
    main()
