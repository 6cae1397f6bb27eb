"""Quoting: the manager repeats the candidate's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_WORDS = 12
FEWEST_WORDS = 3

_PREAMBLE = re.compile(
    r"^(and|so|also|then|like|well|um+|uh+|er+|okay|first(ly| of all)?"
    r"|second(ly)?|third(ly)?|finally"
    r"|you know|maybe|I (believe|think|feel|guess|know)( that)?|if you hired me|if I were hired"
    r"|(the|another) (first |second |third |other |last )?(one|way|thing)( is| would be)?)"
    r"\b[,.:;]*\s+",
    re.IGNORECASE,
)
_FILLERS = re.compile(r",? \b(um+|uh+|er+|you know|like)\b,(?=\s)", re.IGNORECASE)
_OFFER = re.compile(
    r"^(what I('d| would) do is|by|my (plan|idea) (is|would be) to"
    r"|(I|we)('d| would|'ll| will| could| can)( also)?"
    r"( like to| help( you)?( to| by)?| be able to)?"
    r"|I('m going to| want to| plan to))\s+",
    re.IGNORECASE,
)
_PARTS = re.compile(r"(?=\b(?:I|we)(?:'d| would| could|'ll)\b)|[.;?!]\s+|,\s+(?:and\s+)?(?:so\s+)?")
_STOPS = re.compile(
    r"[,.;:?!]|\s(?:so(?: that)?|because|which|that(?: way)?|and (?:then|that|I|we|you)|by \w+ing"
    r"|and \w+ (?:\w+ )?(?:if|whether|what(?:'s)?|who|how)"
    r"|but|cos|coz|instead|rather than|from \w+ \w+ to|when|where"
    r"|'cause|it (?:was|stays|look(?:s|ed))|no offence|mind you)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\s(that|which|who|where)$", re.IGNORECASE)
_WHOLE_BEFORE_THAT = re.compile(r",$|\b(so|and|sure|you|them|it|day|week|month)$", re.IGNORECASE)
_UNSAFE = re.compile(
    # Only "my" and "your" turn round safely: "you" may have to become "we" or "us".
    r"\b(I|you|ye|ya|yer|yous|youse|yourself|we|us|he|she|they|is|are|was|were|um+|uh+|er+)\b|[?\"]",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"^\w+(?: (?:just|all|only|out|up|down|off))? (?:it|that|them|this|these|those|him|her|one)\b"
    r"(?= (?:to|by|from|in|on|at|for|up|down|out|off|into|with|over|away|back|through|myself"
    r"|yourself|as|first|every|before|after|all|and|or|without)\b|$)"
    r"|^(?:do|try|make) (?:the same|so|likewise|something|anything|everything|things)\b",
    re.IGNORECASE,
)
"""Says nothing without the sentence before it: "cut that to two"."""
_BETWEEN_TWO = re.compile(r"\bbetween (?:\w+ ){1,2}and \w+$", re.IGNORECASE)
_GERUND = re.compile(r"(?!(b|sp|st|w)?ring$|s[wtl]?ing$|cling$)\w+ing")
_THE_DAY_BEFORE = re.compile(r"\b(day|night|week|month|evening|morning|hour) (before|after)$")
_JOINTS = frozenset(
    {"of", "to", "in", "on", "at", "by", "for", "with", "from", "and", "or", "about", "into"}
    | {"than", "as", "through", "before", "after", "up", "out"}
)
_DANGLING = frozenset(
    {"of", "to", "at", "for", "with", "from", "and", "or", "about", "into", "than", "as", "a"}
    | {"an", "the", "my", "our", "your", "their", "its", "every", "each", "this", "these", "more"}
)
_STRANDED = frozenset({"of", "to", "at", "for", "with", "from", "about", "into", "on", "in"})
_UNFINISHED = _DANGLING - _STRANDED
"""What ends no phrase that was not cut: "the two hotels my sister cleans at" is whole."""
_NO_OFFERS = frozenset(
    {
        "need",
        "like",
        "love",
        "want",
        "say",
        "guess",
        "think",
        "know",
        "have",
        "be",
        "hope",
        "rather",
    }
    | {"really", "just", "never", "not", "tell", "appreciate", "ask", "expect", "imagine", "agree"}
)
"""Verbs that offer nothing after "I'd"."""
_TURNED = {
    "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "your": "our", "yours": "ours", "your's": "ours",
}  # fmt: skip


@dataclass(frozen=True)
class Quote:
    """A way in the caller's words, pronouns turned round: "Cut our returns backlog", and as it
    goes on inside a sentence: "you'd cut our returns backlog"."""

    contribution: str
    offer: str


def quoted(words: str) -> Quote | None:
    """The first offer in `words` that comes out as clean English, None where there is none."""
    for part in [words, *_PARTS.split(words)[1:]]:
        if core := turned_round(part):
            inside = core[0].lower() + core[1:]
            verb = core.split()[0].lower()
            return Quote(core, inside if _GERUND.fullmatch(verb) else f"you'd {inside}")
    return None


def _up_to_a_stop(core: str) -> str:
    """Up to the first natural stop, but past a clause that tells which things are meant: "the three
    things that annoy them". Where that goes on too long, nothing is whole."""
    for stop in _STOPS.finditer(core):
        if _RELATIVE.match(stop[0]) and not _WHOLE_BEFORE_THAT.search(core[: stop.start()]):
            continue
        return core[: stop.start()]
    return core


def turned_round(words: str) -> str | None:
    """The core of a contribution as the manager would echo it: "Cut our returns backlog".

    Only what is offered ("I would ...", "by ...ing"), up to a natural stop, with "my" and "your"
    turned round. None where that would not come out as English: the manager then does not quote.
    """
    core = _FILLERS.sub("", words.strip())
    while (shorter := _PREAMBLE.sub("", core, count=1)) != core:
        core = shorter
    if not (offer := _OFFER.match(core)):
        return None
    core = core[offer.end() :]
    core = _up_to_a_stop(core)
    kept = core.split()
    is_whole = len(kept) <= MOST_WORDS
    if not is_whole:
        kept = kept[:MOST_WORDS]
        while kept and kept[-1].lower() not in _JOINTS:
            kept.pop()
        while kept and kept[-1].lower() in _JOINTS and not _THE_DAY_BEFORE.search(" ".join(kept)):
            kept.pop()  # what stands before a joint is whole
        lost = len(kept) > 1 and kept[-2].lower() in ("and", "or")
        if lost and not _BETWEEN_TWO.search(" ".join(kept)):
            kept = kept[:-2]  # the second of two has lost what it goes with
    while kept and kept[-1].lower() in (_UNFINISHED if is_whole else _DANGLING):
        kept.pop()
    if _POINTS_BACK.match(" ".join(kept)):
        return None
    if kept and kept[0].lower() in _NO_OFFERS:
        return None
    if len(kept) < FEWEST_WORDS or _UNSAFE.search(" ".join(kept)):
        return None
    core = " ".join(_TURNED.get(word.lower(), word) for word in kept)
    return core[0].upper() + core[1:]
