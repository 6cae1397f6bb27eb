"""Draft way: a way made from the five answers.

A draft joins the words of the answers and adds no facts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rehearse.preparing.answer import lowered, read_answer, without_frame
from rehearse.preparing.base_verb import VERBS, base_verb
from rehearse.preparing.call_sheet import Draft
from rehearse.preparing.five_questions import QUESTIONS
from rehearse.preparing.statement import IS_CLAUSE, PRESENT
from rehearse.preparing.trouble import is_trouble

_KEYS = tuple(question.key for question in QUESTIONS)
_TROUBLES = ("problem", "complaint")
_TOO = re.compile(r"too (many|much) (.+)", re.I)
_WAITS = re.compile(
    r"\b(?:(?:(?P<be>is|are|am|was|were) )?(?:(?:always|often|still|usually|just) )?waiting|"
    r"(?P<must>has|have|had) to wait|must wait|(?:always |often |still )?(?P<now>waits?)|waited|"
    r"keeps? waiting)\b(?=\s+\w)",
    re.I,
)
_ALL_WAIT = re.compile(r"^(?:every(?:one|body)|we all|all of (?:us|them))$", re.I)
_NOBODY = re.compile(r"^(?:nobody|no one|none)\b", re.I)
_IS_SHORT = re.compile(r"['’](?:s|re|d|ll|ve)\b|n['’]t\b", re.I)
_AMOUNT = re.compile(r"^(?:fewer|less|more|no|better|shorter|quicker|faster|too many)\b", re.I)
_ALSO_NOUNS = frozenset({
    "calls", "costs", "stops", "answers", "needs", "drops", "falls", "breaks", "runs", "visits",
    "returns", "reads", "looks", "works", "ends", "starts",
})  # fmt: skip
_LACKING = re.compile(
    r"^(?:no|not enough|hardly any|not any|too (?:many|much)|(?:(?:a|the) )?(?:lack|shortage))\b",
    re.I,
)
_ASKED_FOR = re.compile(r"^(?:whether|if|how|why|what|when|where|who|which)\b", re.I)
_AFTER_A_VERB = frozenset({
    "a", "an", "the", "it", "them", "their", "his", "her", "my", "our", "your", "every", "each",
    "all", "out", "up", "down", "more", "why", "how",
})  # fmt: skip
_HELPERS = (
    r"(?:used to|managed to|was able to|were able to|had to|got to|tried to|ended up|"
    r"been(?= \w+ing\b)) "
)
_DOER = re.compile(
    r"^(?:(?:my|our) (?:team|colleagues?|boss|manager)(?: and I)?|me and (?:my|a|the) \w+|I|we)"
    r"(?:['’]ve| have| had| also)* (?:(?:already|also|once|always|often|just|recently|mostly|then|"
    r"successfully|simply|personally) )*",
    re.I,
)
_ELSEWHERE = (
    r"(?:back )?(?:at|in|with|for) (?:my|our|the) "
    r"(?:last|previous|old|former|current|other|first) (?:\w+)"
)
_WHERE_BEFORE = re.compile(rf"^{_ELSEWHERE},? (?=\w)", re.I)
_WHERE_AFTER = re.compile(rf",? {_ELSEWHERE}$", re.I)
_PRONOUN = re.compile(r"^(?:they|it|there|the|their|he|she)\b", re.I)
_WOULD = re.compile(r"^(?:(?:I|we)['’](?:d|ll)|would|could|will|can|to|by) ", re.I)
_NOT_DONE = re.compile(r"(?:\w+n['’]t|not|never|did not) ", re.I)
_NEXT_DEED = re.compile(r"(?:,| and|, and| but|, but)(?: then| so)? (?=(?:I|we)\b)", re.I)


@dataclass(frozen=True)
class _Parts:
    """The two halves of a way, "" for one that is missing."""

    action: str
    result: str


IsDoing = Callable[[str], bool]
"""Whether words say something that somebody would do; asked where their form leaves it open."""


def _believed(words: str) -> bool:
    return True


def draft_sentence(answers: Sequence[str], is_doing: IsDoing = _believed) -> str:
    """ "I would ... so that ..." from the answers (in the order of QUESTIONS), for the person to
    edit. Half a sentence if only one half was answered, "" if nothing was. What goes wrong there
    is no doing: it only says what is to end."""
    parts = _parts(answers, is_doing)
    if not parts.action and not parts.result:
        return ""
    if not parts.action:
        return f"I would ... so that {parts.result}"
    return f"I would {parts.action}{' so that ' if parts.result else ''}{parts.result}"


def asked_otherwise(answers: Sequence[str]) -> str:
    """Asks what the person would do, where the answers say only what is wrong or what they gain."""
    parts = _parts(answers, _believed)
    troubles = [read_answer(typed) for typed in answers[: len(_TROUBLES)]]
    trouble = next((one.said or f"{one.asked}?" for one in troubles if one.said or one.asked), "")
    verb = 'Start with a verb: "I would sort / call / check / build ...".'
    if trouble:
        return f"The problem is kept: “{trouble}”. What would you do about it? {verb}"
    if parts.result:
        return f"What would you do so that {parts.result}? {verb}"
    return f"Your answers are kept. What would you do there yourself? {verb}"


def _parts(answers: Sequence[str], is_doing: IsDoing) -> _Parts:
    given = {
        key: read_answer(typed, is_deed=key == "fixed", only_i=key in ("waiting", "noticed"))
        for key, typed in zip(_KEYS, answers, strict=False)
    }
    deeds = [did_to_do(one, is_doing) for answer in given.values() for one in answer.deeds]
    troubles = [given[key] for key in _TROUBLES if key in given]
    orders = [one.said for one in troubles if _is_order(one.said)]
    offers = [lowered(one) for answer in given.values() for one in answer.offers]
    actions = _each_once([*deeds, *offers, *map(lowered, orders)])
    gains = _each_once([lowered(one) for answer in given.values() for one in answer.gains])
    said = next((one for one in troubles if one.said and not _is_order(one.said)), None)
    noticed, waiting = (given[key].said if key in given else "" for key in ("noticed", "waiting"))
    if noticed:
        gains = _each_once([*gains, _noticed(noticed)])
    elif waiting and not gains and (ended := no_longer_waits(waiting)):
        gains = [ended]
    elif said is not None and not gains and _is_to_end(said.said, troubles[0].said, any(actions)):
        gains = [_turned(said.said)]
    return _Parts(" and ".join(actions), " and ".join(gains))


def _each_once(texts: Sequence[str]) -> list[str]:
    """Without those that another one begins with: "ring them", "ring them every Friday"."""
    once = {text.casefold(): text for text in texts if text}
    return [
        text
        for key, text in once.items()
        if not any(other != key and other.startswith(key) for other in once)
    ]


def _is_order(text: str) -> bool:
    """Whether `text` says what to do without "I would": "sort them by value"."""
    first, *rest = text.split()[:2] or [""]
    if first.lower() not in VERBS or not rest:
        return False
    return rest[0].lower() in _AFTER_A_VERB or not _tells(text.split(maxsplit=1)[1])


def _tells(text: str) -> bool:
    """Whether `text` is a sentence with a subject and a verb, not "fewer calls"."""
    verbs = list(IS_CLAUSE.finditer(text))
    if len(verbs) == 1 and _AMOUNT.match(text) and verbs[0].end() == len(text):
        return verbs[0][0].lower() not in _ALSO_NOUNS
    return bool(verbs) or _IS_SHORT.search(text) is not None


def _is_to_end(trouble: str, problem: str, has_action: bool) -> bool:
    """Whether the end of `trouble` is what they gain. Beside an action only a whole sentence about
    the problem is; the action may be against something else."""
    if _ASKED_FOR.match(trouble):
        return False
    if has_action:
        return trouble == problem and _tells(trouble)
    return is_trouble(trouble) or _tells(trouble)


def _less(too: re.Match[str]) -> str:
    return f"there {'are fewer' if too[1].lower() == 'many' else 'is less'} {too[2]}"


def _noticed(noticed: str) -> str:
    if _is_order(noticed):
        return f"they {lowered(noticed)}"
    if is_trouble(noticed):
        return _turned(noticed)
    if _tells(noticed):
        return lowered(noticed)
    return f"customers and colleagues notice {lowered(noticed)}"


def _turned(trouble: str) -> str:
    """ "returns wait for weeks" becomes "returns no longer wait for weeks": what they gain is the
    end of it."""
    if _WAITS.search(trouble):
        return no_longer_waits(trouble)
    if _tells(trouble):
        return f"it no longer happens that {lowered(trouble)}"
    if too := _TOO.match(trouble):
        return _less(too)
    return f"customers and colleagues no longer notice {lowered(trouble)}"


def no_longer_waits(waiting: str) -> str:
    """ "drivers wait for the warehouse" becomes "drivers no longer wait for the warehouse"; "" if
    nobody waits."""
    if _NOBODY.match(waiting):
        return ""
    waits = _WAITS.search(waiting)
    if waits is None:
        return f"nobody waits any longer: {lowered(waiting)}"
    who = waiting[: waits.start()].strip()
    rest = waiting[waits.end() :]
    if _ALL_WAIT.match(who):
        return f"nobody waits{rest} any longer"
    return f"{lowered(who)} no longer {_wait(waits, who)}{rest}".strip()


def _wait(waits: re.Match[str], who: str) -> str:
    """The verb in the present: "are always waiting" becomes "wait"."""
    if waits["now"]:
        return waits["now"].lower()
    if must := waits["must"]:
        return f"{'have' if must.lower() == 'had' else must.lower()} to wait"
    if waits["be"]:
        return "waits" if waits["be"].lower() in ("is", "was") else "wait"
    return "wait" if re.search(r"(?:s|\b(?:I|we|you|they|people|staff))$", who) else "waits"


def did_to_do(fixed: str, is_doing: IsDoing = _believed) -> str:
    """ "I introduced barcode scanning" becomes "introduce barcode scanning"; a thing without a verb
    ("barcode scanning") is set up. "" for what nobody did: "the lift got stuck"."""
    text = _WHERE_AFTER.sub("", _WHERE_BEFORE.sub("", fixed))
    doer = _DOER.match(text)
    start = doer.end() if doer else 0
    first, *more = _NEXT_DEED.split(text[start:])
    deeds = more if more and _PRONOUN.match(text) else [text[:start] + first, *more]
    return " and ".join(_each_once([_deed(deed, is_doing) for deed in deeds]))


def _deed(text: str, is_doing: IsDoing) -> str:
    bare = _DOER.sub("", text)
    if _NOT_DONE.match(bare):
        return ""
    spoke_of_oneself = bare != text
    bare = re.sub(rf"^{_HELPERS}", "", _WOULD.sub("", without_frame(bare)), flags=re.I)
    spoke_of_oneself = spoke_of_oneself or not text.endswith(bare)
    first, _, rest = bare.partition(" ")
    base = base_verb(first)
    if not rest and base not in VERBS:
        base = ""
    if base and (base in VERBS or not first.lower().endswith("ing")):
        said = f"{base} {rest}".strip()
        deed = said if base == first.lower() else _later_verbs(said)
        return deed if base in VERBS or is_doing(f"I would {deed}") else ""
    if spoke_of_oneself and _is_plain_verb(first):
        return lowered(bare) if is_doing(f"I would {lowered(bare)}") else ""
    if not spoke_of_oneself and (_tells(bare) or _ASKED_FOR.match(bare) or _LACKING.match(bare)):
        return ""
    if is_trouble(bare):
        return f"fix {lowered(bare)}"
    if not is_doing(bare):
        return ""
    return f"{'bring about' if _AMOUNT.match(bare) else 'set up'} {lowered(bare)}"


def _is_plain_verb(word: str) -> bool:
    """Whether a word after "I" may be a verb: not an article or the like."""
    return word.lower() not in _AFTER_A_VERB


def _later_verbs(text: str) -> str:
    """ "sort returns and called the customers" becomes "sort returns and call the customers"."""

    def present(found: re.Match[str]) -> str:
        word = found[2].lower()
        past = word.endswith("ed") or PRESENT.get(word, word) != word
        base = base_verb(word) if past else ""
        return f"{found[1]} {base if base in VERBS else found[2]}"

    return re.sub(r"\b(and|then) (\w+)\b", present, text)


_MISSING: tuple[tuple[str, Callable[[_Parts], bool]], ...] = (
    ("what you would do", lambda parts: not parts.action),
    ("what of theirs gets better", lambda parts: not parts.result),
)


def still_missing(draft: Draft) -> str:
    """What an unfinished way lacks, in one sentence."""
    parts = _parts(draft.answers, _believed)
    missing = [name for name, is_missing in _MISSING if is_missing(parts)]
    if not missing:
        return "A draft: put the answers into one sentence, I would ... so that ..."
    return f"A draft: it does not say yet {' and '.join(missing)}."
