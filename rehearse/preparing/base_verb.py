"""Base verb: "introduced" and "sorting" become "introduce" and "sort"."""

from __future__ import annotations

import re

from rehearse.preparing.statement import PRESENT

_KEEPS_E = {
    "baked", "cared", "combined", "compiled", "created", "divided", "explored", "filed",
    "hired", "named", "noted", "piled", "prepared", "restructured", "scheduled", "shaped",
    "shared", "stored", "tiled", "timed", "tuned", "typed", "used", "wiped", "wired",
}  # fmt: skip
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_NEEDS_E = re.compile(r"(?:[vzcu]|[aeio]s|[aeiou]g|ng|[^aeioul]l|[^e]at|ur|[ai]k)$")
"""Ends of verbs that lost an e before -ed; the others that did are in _KEEPS_E."""
_MORE_PRESENT = {
    "began": "begin", "chose": "choose", "dealt": "deal", "fed": "feed", "grew": "grow",
    "hung": "hang", "heard": "hear", "hid": "hide", "laid": "lay", "led": "lead", "lent": "lend",
    "paid": "pay", "rang": "ring", "rode": "ride", "saw": "see", "shut": "shut", "spent": "spend",
    "stood": "stand", "swept": "sweep", "threw": "throw", "told": "tell", "went": "go",
    "was": "be", "were": "be", "am": "be",
}  # fmt: skip
"""Too easily something else at the start of a way to count as one that is past."""
VERBS = frozenset({
    "add", "answer", "ask", "automate", "be", "bring", "build", "bundle", "buy", "call", "change",
    "check", "clean", "clear", "close", "collect", "combine", "compare", "count", "create", "cut",
    "deal", "deliver", "design", "digitise", "do", "document", "draw", "drop", "explain", "find",
    "fix", "follow", "gather", "get", "give", "group", "halve", "handle", "have", "hold",
    "introduce", "keep", "label", "lead", "learn", "link", "list", "look", "make", "map",
    "measure", "meet", "merge", "move", "offer", "open", "order", "organise", "pack", "pair",
    "phone", "plan", "prepare", "print", "put", "read", "rebuild", "record", "reduce", "remind",
    "remove", "renew", "repair", "replace", "reply", "report", "reset", "rewrite", "ring", "run",
    "save", "scan", "schedule", "see", "sell", "send", "separate", "set", "share", "ship",
    "shorten", "show", "simplify", "sort", "speed", "split", "stop", "swap", "take", "talk",
    "teach", "test", "text", "tidy", "track", "train", "translate", "turn", "update", "use",
    "visit", "walk", "warn", "wash", "weigh", "write",
})  # fmt: skip


def base_verb(word: str) -> str:
    """The base form of a past form or an -ing form; "" for a word that seems to be neither."""
    verb = word.lower()
    if verb in VERBS:
        return verb
    if known := PRESENT.get(verb) or _MORE_PRESENT.get(verb):
        return known
    if verb.endswith("ied") and len(verb) > 4:
        return f"{verb[:-3]}y"
    if verb.endswith("ed") and len(verb) > 4:
        return _without_ed(verb)
    if verb.endswith("ing") and len(verb) > 4:
        stem = verb[:-3]
        forms = (stem, f"{stem}e", stem[:-1] if _DOUBLED.search(stem) else stem)
        return next((form for form in forms if form in VERBS), "")
    return ""


def _without_ed(verb: str) -> str:
    if verb in _KEEPS_E or verb.endswith("eed"):
        return verb[:-1]
    stem = verb[:-2]
    if stem in VERBS:
        return stem
    if _DOUBLED.search(stem) and stem != "add":
        return stem[:-1]
    if stem.endswith("ll") and stem[:-1] in VERBS:
        return stem[:-1]
    return f"{stem}e" if _NEEDS_E.search(stem) else stem
