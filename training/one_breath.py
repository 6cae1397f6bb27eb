"""One breath: several ways, said as one list."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence

from training.corpus import LabelledClause, Pitch

_COUNT = r"first|firstly|second|secondly|third|thirdly|one|two|three|next|finally"
_OPENING = re.compile(
    rf"(?:(?:and|then|also|so|plus|but|well|maybe|okay|{_COUNT}|number \w+)\W+"
    r"|(?:the|another) (?:\w+ )?(?:thing|one)(?: is| would be)?\W+)*"
    r"(?:i'?d|i would|i'?ll|i will|i could|i can|we could|i want to|i'd like to)\s+"
    r"(?:(?:also|just|then|first|maybe|probably|even|start by|like to)\s+)*"
    r"(?P<deed>[a-z].+)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:it|them|that|those|this|these|so)\b", re.IGNORECASE)
_NO_DEED = frozenset(("be", "like", "um", "uh", "love", "say", "see", "need", "do", "have", "help"))
_LEADS = (
    "I'd", "I'd", "I'd", "I would", "I would", "I'll", "I could", "I can", "I'd like to", "So I'd",
    "I want to", "What I'd do is", "My plan would be to", "Give me a month and I'd", "First I'd",
    "If I worked for you I'd", "We could", "Let me", "For a start I'd",
)  # fmt: skip
_LISTS = (
    "I have three things:", "Three things,", "Here's what I'd do:", "By", "I'm thinking of",
    "I see myself", "What I'd bring is", "It comes down to",
)  # fmt: skip
_LINKS = ("and", "and", "and", "and also", "and then", "plus", "as well as", "")
_DOUBLES = frozenset(
    ("put", "get", "cut", "set", "run", "stop", "plan", "swap", "ship", "sit", "scan", "log", "let")
)
LONGEST_DEED = 13  # words


class OneBreath:
    """Seeded by the `rng` of each call; `pool` gives the deeds."""

    def __init__(self, pool: Sequence[Pitch]) -> None:
        self.of_talk: dict[str, list[str]] = {}
        self.of_trade: dict[tuple[str, str], list[str]] = defaultdict(list)
        for pitch in pool:
            if deeds := _deeds(pitch):
                self.of_talk[pitch.id] = deeds
                self.of_trade[pitch.writer, pitch.industry] += deeds
        self.all = [deed for deeds in self.of_talk.values() for deed in deeds]

    def clauses(self, pitch: Pitch, rng: random.Random) -> list[LabelledClause] | None:
        """A talk with two to four of the ways in one breath; None where `pitch` has none."""
        own = self.of_talk.get(pitch.id)
        if own is None:
            return None
        wanted = rng.choice((2, 3, 3, 3, 4))
        others = [*self.of_trade[pitch.writer, pitch.industry]]
        rng.shuffle(others)
        strangers = rng.sample(self.all, 6)
        deeds: list[str] = []
        for deed in [*rng.sample(own, len(own)), *others, *strangers]:
            if len(deeds) < wanted and not any(_alike(deed, other) for other in deeds):
                deeds.append(deed)
        plain = [c for c in pitch.clauses if c.speaker == "C" and not (c.ways or c.near_misses)]
        middle = rng.randint(0, len(plain))
        before = plain[max(0, middle - rng.randint(0, 3)) : middle]
        after = plain[middle : middle + rng.randint(0, 3)]
        return [*before, *_as_list(deeds, rng), *after]


def _deeds(pitch: Pitch) -> list[str]:
    """What the talk's ways begin with: "clean up your stock list"."""
    found: dict[int, str] = {}
    seen: set[int] = set()
    for clause in pitch.clauses:
        new = clause.ways - seen
        seen |= clause.ways
        match = _OPENING.fullmatch(clause.text.strip())
        if match is None or len(new) != 1 or clause.labels != {"way"}:
            continue
        words = re.split(r"[,.;:!?]", match["deed"])[0].split()
        if not 4 <= len(words) <= LONGEST_DEED or words[0].lower() in _NO_DEED:
            continue
        if _POINTS_BACK.search(" ".join(words[:4])):
            continue
        found[next(iter(new))] = " ".join(words)
    return list(found.values())


def _alike(one: str, other: str) -> bool:
    """Whether both may be the same idea: they share a long word."""
    long = [{w.lower()[:5] for w in text.split() if len(w) > 4} for text in (one, other)]
    return bool(long[0] & long[1]) or one == other


def _as_list(deeds: Sequence[str], rng: random.Random) -> list[LabelledClause]:
    gerunds = rng.random() < 0.2
    out: list[LabelledClause] = []
    link, lead = rng.choice(_LINKS), rng.choice(_LISTS if gerunds else _LEADS)
    repeats = not gerunds and rng.random() < 0.15
    for place, deed in enumerate(deeds):
        text = _gerund(deed) if gerunds else deed
        last = place == len(deeds) - 1
        if place == 0:
            text = f"{lead} {text}"
        elif last and link:
            text = f"{link} {text}"
        elif repeats:
            text = f"{lead} {text}"
        mark = "." if last else "," if rng.random() < 0.8 else ""
        out.append(
            LabelledClause(text + mark, "C", "A", frozenset({"way"}), ways=frozenset({place + 1}))
        )
    return out


def _gerund(deed: str) -> str:
    verb, _, rest = deed.partition(" ")
    if verb in _DOUBLES:
        verb += verb[-1]
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        verb = verb[:-1]
    return f"{verb}ing {rest}"
