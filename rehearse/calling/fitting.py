"""Fitting: which lines and replies suit what was said."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from rehearse.calling.acts import Act
from rehearse.calling.bank import Bank, Topic
from rehearse.calling.dialogue import ABOUT, REPLIES
from rehearse.calling.scenario import Moment
from rehearse.calling.understood import Understood

MEETING = frozenset({Moment.HELLO, Moment.GO_AHEAD, Moment.MY_NAME})
"""Moments in which the manager meets the caller."""
SOMEBODY_ELSE = "somebody_else"
"""The topic of callers who want another person."""
_HANDS_BACK = re.compile(
    r"\?\W*$|\b(go|keep|carry) (right )?(ahead|on|going)\b|listening|take your time|continue"
    r"|tell me|\bgo\W*$|talk while|what is it|start again|when you('re| are) ready",
    re.IGNORECASE,
)
_KNOWS_CALLER = re.compile(
    r"\b(remember|recall|know who|you again|the name|your name|interview|our talk|good to hear"
    r"|hoping you|ah\. you|it's you|on my list)",
    re.IGNORECASE,
)
_HELLO = re.compile(r"\b(hello|hi|hey|good day)\b", re.IGNORECASE)


_DATED = re.compile(
    r"\b(by|until|till|before|tomorrow|tonight|today|week\w*|month|days?|hours|deadline|soon"
    r"|end of|(mon|tues|wednes|thurs|fri|satur|sun)day|first|\w+th|date)\b",
    re.IGNORECASE,
)
_TELLS_DATE = re.compile(
    r"\bby then\b|\bdates?\b|\bdeadline\b|\btight\b|\bsoon!|my calendar|when was that",
    re.IGNORECASE,
)
_NEWS = re.compile(r"congratul|good for you|wow|not surprised|oh no|is that so|is it a", re.I)


def hands_back(text: str) -> bool:
    """Whether a line leaves the word to the caller: nothing need follow it."""
    return bool(_HANDS_BACK.search(text))


def fit_to_meet(lines: Sequence[str], *, is_known: bool, is_first: bool) -> tuple[str, ...]:
    """Those that do not know a caller who gave neither name nor reason, nor say hello again; all
    if there are none."""
    unfit = [
        pattern for pattern, is_fit in ((_KNOWS_CALLER, is_known), (_HELLO, is_first)) if not is_fit
    ]
    return _without(lines, unfit)


def fit_to_offer(lines: Sequence[str], said: str, *, is_first: bool) -> tuple[str, ...]:
    """Replies to an offer of somebody else's: of a date only if one was named, and nobody is
    congratulated twice."""
    unfit = [
        pattern
        for pattern, is_fit in ((_TELLS_DATE, bool(_DATED.search(said))), (_NEWS, is_first))
        if not is_fit
    ]
    return _without(lines, unfit)


def _without(lines: Sequence[str], unfit: Sequence[re.Pattern[str]]) -> tuple[str, ...]:
    """The lines in which none of these is found; all if there are none."""
    return tuple(x for x in lines if not any(p.search(x) for p in unfit)) or tuple(lines)


def asks_for(manager: str, turn: Understood) -> Understood:
    """A caller who says nothing but the manager's name, as a question, asks who is speaking."""
    said = re.findall(r"\w+", turn.text.lower())
    names = {*re.findall(r"\w+", manager.lower()), "mr", "mrs", "ms", "hello", "hi"}
    if turn.asks and said and set(said) <= names and not turn.did(Act.GREETING, Act.LINE_CHECK):
        return replace(turn, acts=(Act.WHO,))
    return turn


def topics_of(turn: Understood, bank: Bank, manager: str) -> Mapping[str, Topic]:
    """For each moment of the turn's replies the topic that its words point to. Whoever names the
    manager asks for nobody else."""
    moments = [REPLIES[act] for act in turn.acts if act in REPLIES]
    found = bank.topics_in(turn.text, dict.fromkeys([*moments, Moment.GO_AHEAD]))
    name = "|".join(map(re.escape, manager.split()))
    if re.search(rf"\b({name})\b", turn.text, re.IGNORECASE):
        return {moment: topic for moment, topic in found.items() if topic.name != SOMEBODY_ELSE}
    return found


def without_doubt(found: Sequence[Moment], topics: Collection[str]) -> list[Moment]:
    """Of two neighbouring subjects in a single clause the one whose topic was named, if one was;
    an example only where nothing else is asked."""
    about = [moment for moment in found if moment in ABOUT]
    plain = [moment for moment in about if moment is not Moment.EXAMPLE] or about
    kept = ([moment for moment in plain if moment in topics] or plain)[:1]
    return [moment for moment in found if moment not in about or moment in kept]
