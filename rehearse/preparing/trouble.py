"""Trouble: does an answer say what goes wrong?"""

from __future__ import annotations

import re

_TROUBLE = (
    r"late(?! shifts?\b)",
    "too (?:long|late|much|many|few|little|slow|slowly|expensive|often)",
    "slow|slowly|wrong|wrongly|errors?|mistakes?|mix-?ups?|delays?|delayed|queues?|backlogs?",
    "complaints?|complains?|complaining|overtime|waste|scrap|downtime|breakdowns?",
    "breaks? down|breaking down|broken|lost|gets? lost|loses?|losing|miss|misses|missed|missing",
    "forget|forgets|forgot|forgotten|fails?|failed|failures?|chaos|mess|stress|confusion",
    "no-?shows?|waits?|waiting|piles? up|piling up|(?:stands?|sits?) (?:still|idle)",
)
_PLAIN_TROUBLE = (
    "(?:nobody|no one) (?:knows|reads|answers|tells|checks|helps|cares|listens)",
    "can(?:not|['’]t) (?:find|reach|see|get|read|be)",
)
_BETTER = (
    r"no(?! one\b|-| shows?\b)|not|never|nothing|none|without",
    r"(?:do|does|is|are|wo)n['’]?t",
    "nobody|no one",
    "fewer|less|rarely|seldom|half|halved|stops?|stopped|ends?|ended|gone|falls?|drops?|shrinks?",
    "goes down|go down|is down|are down|faster|sooner|earlier|quicker|shorter|lower|cheaper|better",
    "short|quick|quickly|small|low|calm|at once|on time|in time|the same (?:day|week|month|shift)",
    "before|instead of|answered|solved|settled|fixed|found",
)
_IS_TROUBLE = re.compile(rf"\b(?:{'|'.join(_TROUBLE)})\b", re.I)
_IS_PLAIN_TROUBLE = re.compile(rf"\b(?:{'|'.join(_PLAIN_TROUBLE)})\b", re.I)
_IS_BETTER = re.compile(rf"\b(?:{'|'.join(_BETTER)})\b", re.I)


def is_trouble(answer: str) -> bool:
    """Whether `answer` says what goes wrong: "returns wait for weeks". "Nobody waits" and "fewer
    late orders" say how it gets better."""
    if _IS_PLAIN_TROUBLE.search(answer):
        return True
    return bool(_IS_TROUBLE.search(answer)) and not _IS_BETTER.search(answer)
