"""Fitting: which lines suit what was said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rehearse.calling.scenario import Moment

MEETING = frozenset({Moment.HELLO, Moment.GO_AHEAD, Moment.MY_NAME})
"""Moments in which the manager meets the caller."""
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
_ASKS_REASON = re.compile(
    r"\bwhat('s| is| was) (it|this)( about)?\b|what do you want|call about|why are you calling",
    re.IGNORECASE,
)
_ASKS_FOR_TALE = re.compile(
    r"\btell me\W*$|all ears|listening|hear it|go ahead|please\W*$", re.IGNORECASE
)
_ANNOUNCES = re.compile(
    r"\b(think\w*|thought|idea|call\w*|ring\w*|rang|want\w*|tell you|talk|reason"
    r"|you (asked|told|said))\b",
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


def fit_to_meet(
    lines: Sequence[str], *, is_known: bool, is_first: bool, is_told: bool
) -> tuple[str, ...]:
    """Those that do not know a caller who gave neither name nor reason, nor say hello again, nor
    ask for a reason that was told; all if there are none."""
    unfit = [
        pattern
        for pattern, is_fit in (
            (_KNOWS_CALLER, is_known),
            (_HELLO, is_first),
            (_ASKS_REASON, not is_told),
        )
        if not is_fit
    ]
    return _without(lines, unfit)


def fit_to_tale(lines: Sequence[str], said: str) -> tuple[str, ...]:
    """Those that do not ask for what a statement just told; all where it only announced it."""
    return _without(lines, [] if _ANNOUNCES.search(said) else [_ASKS_FOR_TALE])


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
