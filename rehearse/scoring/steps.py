"""Steps: one way told in its steps is one way.

"I'd get the deliveries right by calling ahead and booking a slot" has one aim and says how; so
has a plan that goes on "I'd begin by ..., then I'd ...". The tagger often counts each step.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from rehearse.scoring.clauses import Clause
from rehearse.scoring.evidence import ends_sentence

_BY = re.compile(r"^(?P<aim>.*?)\W*\bby (\w+ly )?\w+ing\b", re.IGNORECASE)
_NO_AIM = re.compile(
    r"\b(help|contribute|add|support|difference|useful|value|success|improve (the|your) "
    r"(business|company|shop|firm)|do (it|this|that|so))\b",
    re.IGNORECASE,
)
"""An aim so wide that each "by ..." is a way of its own."""
_SHORTEST_AIM_WORDS = 4
_NEXT_BY = re.compile(r"^\W*((and|or|then|also)\W+)*(by )?(\w+ly )?\w+ing\b", re.IGNORECASE)
_BEGINS = re.compile(
    r"\b(begin|start)(ning|ing)? (off )?(by|with)\b"
    r"|^\W*(and\W+)?(to (start|begin) with|step (one|1))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^\W*((and|so|but)\W+)*(then|next|after (that|this|which)|afterwards|finally|lastly"
    r"|step (two|three|four|five|\d)|if (nothing|nobody|no one|they (don['’]?t|didn['’]?t)))\b"
    r"|\b(I['’]?d|I would|I['’]?ll|I will|we['’]?d|I could) (then|next|finally)\b",
    re.IGNORECASE,
)


def as_one_way(clauses: Sequence[Clause]) -> list[Clause]:
    """`clauses`, the steps of a way with the number of that way."""
    found: list[Clause] = []
    seen: set[int] = set()
    joined: dict[int, int] = {}
    last: int | None = None
    in_steps = in_means = by_came = False
    for clause in clauses:
        if not found or ends_sentence(found[-1]):
            in_means = by_came = False
        by = _BY.match(clause.text)
        leads = by is not None and not by["aim"].strip(" ,")
        if leads:  # after an aim; "by ..., by ..." lists ways
            before = found[-1] if found and not by_came else None
            in_means = before is not None and before.way == last and _has_aim(before.text)
            in_means = in_means and last is not None
        way = clause.way
        if way is not None:
            begins = _BEGINS.search(clause.text) is not None
            step = begins or (in_steps and _GOES_ON.search(clause.text) is not None)
            says_how = in_means and _NEXT_BY.match(clause.text) is not None
            is_new = way not in seen
            seen.add(way)
            way = joined.get(way, way)
            if is_new and last is not None and (step or says_how):
                joined[way] = way = last
                in_steps = in_steps or begins
            elif is_new:
                in_steps = False
            last = way
        found.append(dataclasses.replace(clause, way=way) if way != clause.way else clause)
        if by is not None and not leads:
            in_means = way is not None and not by_came and _has_aim(by["aim"])
        by_came = by_came or by is not None
    return found


def _has_aim(text: str) -> bool:
    return len(text.split()) >= _SHORTEST_AIM_WORDS and _NO_AIM.search(text) is None
