"""Act turns: the act model's labelled turns, as short talks.

They teach the tagger what a lone sentence in a call is: the critical question or one of the many
others, a way or small talk. Labels that an act does not settle are masked.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from training.act_model import Said, utterances
from training.corpus import LABELS, LabelledClause, Pitch
from training.outside import IGNORED_LETTER

EARNS = {"critical_question": "ask", "status": "status", "ways": "way", "choice": "choice"}
OTHER_QUESTIONS = frozenset(
    ("about_business", "about_job", "about_you", "pay", "hours", "start_date", "location")
)
NEITHER = frozenset(
    {"small_talk", "mishap", "who", "repeat", "greeting", "goodbye", "thanks", "line_check"}
    | {"good_time", "acknowledge", "dont_know", "vague"}
)
SETTLED = frozenset(EARNS.values())
"""All other labels are masked: nobody labelled them."""
GREETING_WORDS = 12
PREFACE = 0.7
"""The share of turns that come after a greeting and the manager's reply to it."""


def act_turns() -> list[Pitch]:
    """Turns of one act that settles SETTLED."""
    return [
        _talk(said, number)
        for number, said in enumerate(utterances())
        if len(said.acts) == 1 and said.acts <= EARNS.keys() | OTHER_QUESTIONS | NEITHER
    ]


def prefaces(calls: Iterable[Pitch]) -> list[list[LabelledClause]]:
    """How `calls` begin where the first turn is a greeting: manager, caller, manager."""
    found = []
    for call in calls:
        start = list(call.clauses[:3])
        if [clause.speaker for clause in start] == ["M", "C", "M"]:
            hello = start[1]
            plain = not hello.labels and not hello.near_misses and not hello.masked
            if plain and len(hello.text.split()) <= GREETING_WORDS:
                found.append(start)
    return found


def in_a_call(
    talk: Pitch, starts: Sequence[Sequence[LabelledClause]], rng: random.Random
) -> Sequence[LabelledClause]:
    """The clauses of an act turn, mostly after one of `starts`."""
    if talk.clauses[0].speaker == "M" or rng.random() >= PREFACE:
        return talk.clauses
    return [*rng.choice(starts), *talk.clauses]


def _talk(said: Said, number: int) -> Pitch:
    (act,) = said.acts
    label = EARNS.get(act)
    words = LabelledClause(
        said.text,
        "C",
        IGNORED_LETTER,
        labels=frozenset({label} if label else ()),
        near_misses=frozenset({"ask"} if act in OTHER_QUESTIONS else ()),
        ways=frozenset({1} if label == "way" else ()),
        masked=frozenset(LABELS) - SETTLED,
    )
    clauses = (LabelledClause(said.line, "M"), words) if said.line else (words,)
    return Pitch(f"act-{number}", "train", said.writer, "acts", "terse", "", False, clauses)
