"""Draft way: a way made from the five answers.

A draft joins the words of the answers and adds no facts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rehearse.preparing.call_sheet import Draft
from rehearse.preparing.five_questions import QUESTIONS
from rehearse.preparing.not_a_way import is_no_answer
from rehearse.preparing.statement import IS_CLAUSE, PRESENT
from rehearse.preparing.trouble import is_trouble

_KEYS = tuple(question.key for question in QUESTIONS)

_KEEPS_E = {
    "baked", "cared", "combined", "compiled", "created", "divided", "explored", "filed",
    "hired", "named", "noted", "piled", "prepared", "restructured", "scheduled", "shaped",
    "shared", "stored", "tiled", "timed", "tuned", "typed", "used", "wiped", "wired",
}  # fmt: skip
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_NEEDS_E = re.compile(r"(?:[vzcu]|[aeio]s|[aeiou]g|ng|[^aeioul]l|[^e]at|ur|[ai]k)$")
"""Ends of verbs that lost an e before -ed; the others that did are in _KEEPS_E."""
_TOO = re.compile(r"too (many|much) (.+)", re.I)
_WAITS = re.compile(r"\b(waits?|is waiting|are waiting)\b(?=\s+\w)", re.I)


def answers_by_key(answers: Sequence[str]) -> dict[str, str]:
    """The given answers by the key of their question."""
    return {
        key: found for key, answer in zip(_KEYS, answers, strict=False) if (found := _tidy(answer))
    }


def draft_sentence(answers: Sequence[str]) -> str:
    """ "I would ... so that ..." from the answers (in the order of QUESTIONS), for the person to
    edit. Half a sentence if only one half was answered, "" if nothing was."""
    given = answers_by_key(answers)
    action = _action(given)
    result = _result(given)
    if not action and not result:
        return ""
    if not action:
        return f"I would ... so that {result}"
    return f"I would {action} so that {result}" if result else f"I would {action}"


def _action(given: dict[str, str]) -> str:
    if "fixed" in given:
        return did_to_do(given["fixed"])
    for key in ("problem", "complaint"):
        if key in given:
            return _put_right(given[key])
    return ""


def _put_right(trouble: str) -> str:
    if IS_CLAUSE.search(trouble):
        return f"find out why {_lower(trouble)}, and fix it"
    return f"fix {_lower(trouble)}"


def _result(given: dict[str, str]) -> str:
    if "noticed" in given:
        noticed = given["noticed"]
        if is_trouble(noticed):
            return _turned(noticed)
        if IS_CLAUSE.search(noticed):
            return _lower(noticed)
        return f"customers and colleagues notice {_lower(noticed)}"
    if "waiting" in given:
        return no_longer_waits(given["waiting"])
    if "fixed" in given and "problem" in given:
        problem = given["problem"]
        return _turned(problem) if IS_CLAUSE.search(problem) else ""
    return ""


def _turned(trouble: str) -> str:
    """ "returns wait for weeks" becomes "returns no longer wait for weeks": what they gain is the
    end of it."""
    if _WAITS.search(trouble):
        return no_longer_waits(trouble)
    if IS_CLAUSE.search(trouble):
        return f"it no longer happens that {_lower(trouble)}"
    if too := _TOO.match(trouble):
        return f"there {'are fewer' if too[1].lower() == 'many' else 'is less'} {too[2]}"
    return f"customers and colleagues no longer notice {_lower(trouble)}"


def no_longer_waits(waiting: str) -> str:
    """ "drivers wait for the warehouse" becomes "drivers no longer wait for the warehouse"."""
    waits = _WAITS.search(waiting)
    if waits is None:
        return f"nobody waits any longer: {_lower(waiting)}"
    verb = waits[1].lower()
    verb = {"is waiting": "waits", "are waiting": "wait"}.get(verb, verb)
    return f"{_lower(waiting[: waits.start()])}no longer {verb}{waiting[waits.end() :]}"


def did_to_do(fixed: str) -> str:
    """ "I introduced barcode scanning" becomes "introduce barcode scanning"; a thing without a verb
    ("barcode scanning") is set up."""
    text = re.sub(r"^(?:i|we)(?:['’]ve| have| had)?\s+", "", fixed, flags=re.I)
    text = re.sub(r"^(?:(?:i|we)['’](?:d|ll)|would|could|will|can)\s+", "", text, flags=re.I)
    spoke_of_oneself = text != fixed
    first, _, rest = text.partition(" ")
    verb = first.lower()
    if verb in PRESENT:
        return f"{PRESENT[verb]} {rest}".strip()
    if verb.endswith("ied") and len(verb) > 4:
        return f"{verb[:-3]}y {rest}".strip()
    if verb.endswith("ed") and len(verb) > 4 and rest:
        return f"{_without_ed(verb)} {rest}"
    if spoke_of_oneself or _is_verb(verb):
        return f"{_lower(text)}"
    if is_trouble(text):
        return _put_right(text)
    return f"set up {_lower(text)}"


def _without_ed(verb: str) -> str:
    if verb in _KEEPS_E or verb.endswith("eed"):
        return verb[:-1]
    stem = verb[:-2]
    if _DOUBLED.search(stem) and stem != "add":
        return stem[:-1]
    return f"{stem}e" if _NEEDS_E.search(stem) else stem


_VERBS = frozenset({
    "add", "answer", "automate", "bring", "build", "bundle", "buy", "call", "change", "check",
    "clean", "clear", "close", "collect", "combine", "compare", "count", "create", "cut",
    "deal", "deliver", "design", "digitise", "document", "draw", "drop", "explain", "find",
    "fix", "follow", "gather", "give", "group", "handle", "hold", "introduce", "keep", "label",
    "lead", "learn", "link", "list", "look", "make", "map", "measure", "meet", "merge", "move",
    "offer", "open", "order", "organise", "pack", "pair", "phone", "plan", "prepare", "print",
    "put", "read", "rebuild", "record", "reduce", "remind", "remove", "renew", "repair",
    "replace", "reply", "report", "reset", "rewrite", "run", "save", "scan", "schedule", "sell",
    "send", "separate", "set", "share", "ship", "shorten", "show", "simplify", "sort", "speed",
    "split", "stop", "swap", "take", "talk", "teach", "test", "tidy", "track", "train",
    "translate", "turn", "update", "use", "visit", "walk", "warn", "wash", "weigh", "write",
})  # fmt: skip


def _is_verb(word: str) -> bool:
    return word in _VERBS


def _tidy(answer: str) -> str:
    text = " ".join(answer.split()).strip(" .;,!")
    return "" if is_no_answer(text) else text


def _lower(text: str) -> str:
    is_name = (len(text) > 1 and text[1].isupper()) or text.startswith(("I ", "I'"))
    return text if is_name or not text else text[0].lower() + text[1:]


_MISSING: tuple[tuple[str, Callable[[dict[str, str]], bool]], ...] = (
    ("what you would do", lambda given: not _action(given)),
    ("what of theirs gets better", lambda given: not _result(given)),
)


def still_missing(draft: Draft) -> str:
    """What an unfinished way lacks, in one sentence."""
    given = answers_by_key(draft.answers)
    missing = [name for name, is_missing in _MISSING if is_missing(given)]
    if not missing:
        return "A draft: put the answers into one sentence, I would ... so that ..."
    return f"A draft: it does not say yet {' and '.join(missing)}."
