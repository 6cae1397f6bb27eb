"""Statement: a sentence that tells how things are or were."""

from __future__ import annotations

import re

from rehearse.preparing.trouble import is_trouble

# Irregular past forms that people use for work they did; the regular ones lose their -ed.
PRESENT = {
    "built": "build", "brought": "bring", "bought": "buy", "caught": "catch", "cut": "cut",
    "did": "do", "drew": "draw", "drove": "drive", "found": "find", "gave": "give", "got":
    "get", "held": "hold", "kept": "keep", "made": "make", "met": "meet", "put": "put", "ran":
    "run", "rebuilt": "rebuild", "reset": "reset", "rewrote": "rewrite", "sent": "send", "set":
    "set", "sold": "sell", "sped": "speed", "spoke": "speak", "split": "split", "taught":
    "teach", "took": "take", "wrote": "write",
}  # fmt: skip
IS_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|do|does|don['’]t|doesn['’]t|can|cannot|can['’]t|will|would|"
    r"must|waits?|runs?|goes|go|gets?|takes?|comes?|costs?|arrives?|leaves?|misses|miss|breaks?|"
    r"gives?|loses?|lose|makes?|needs?|pays?|finds?|know|knows|calls?|reach(?:es)?|hears?|sees?|"
    r"quits?|returns? to|wait|stops?|falls?|drops?|rises?|grows?|piles?|stays?|stands?|lies?|lie|"
    r"ends?|starts?|opens?|closes|tells?|asks?|answers?|complains?|cancels?|sits?|works?|fails?|"
    r"crash(?:es)?|feels?|look|looks|read|reads|write|writes|send|sends|use|uses|notice|notices)\b",
    re.I,
)
_TELLS = re.compile(
    rf"{IS_CLAUSE.pattern}|\b(?:rings?|wants?|hates?|likes?|says?|said|keeps?)\b", re.I
)
_OFFERS = re.compile(
    r"\b(?:i|we)\s+(?:would|could|will|can|might|should)\b|\b(?:i|we)['’](?:d|ll)\b|[?:]", re.I
)
_GOES_ON = re.compile(r"\b(?:so|because|which|that|in order)\b", re.I)
_OTHERS = re.compile(
    r"(?:the|an?|this|these|those|their|your|our|some|many|most|every|each|all|nobody|people|"
    r"everyone|everybody|there|it|they|you|we|he|she|somebody|someone)\b",
    re.I,
)
_PLURAL = re.compile(
    r"(?:(?:new|old|young|late|early|big|small|good|bad|busy|regular|local|long|first|last) )?"
    r"(?!always\b|sometimes\b|perhaps\b|besides\b)[a-z-]{2,}[^siua]s\b",
    re.I,
)
_REGULAR_PAST = re.compile(r"(?!\w*eed\b|embed\b)[a-z]{3,}ed\s", re.I)


def is_statement(text: str) -> bool:
    """Whether `text` tells how things are: "pairs wait for grinding", "the remakes cost a lot".
    What somebody would do starts with a verb, or says "I would"."""
    if _OFFERS.search(text) or not (_OTHERS.match(text) or _PLURAL.match(text)):
        return False
    head = _GOES_ON.split(text)[0]
    return bool(_TELLS.search(head)) or is_trouble(head)


def is_past(text: str) -> bool:
    """Whether `text` starts with what was done: "kept a list", "introduced scanning"."""
    first = text.split(maxsplit=1)[0].lower() if text.split() else ""
    return PRESENT.get(first, first) != first or _REGULAR_PAST.match(text) is not None
