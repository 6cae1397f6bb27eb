"""Follow-ups: the manager's questions about what the caller offered."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from rehearse.calling.scenario import Moment

FOLLOW_UPS = (
    Moment.WHICH_FIRST,
    Moment.WHAT_NEED,
    Moment.WHAT_COST,
    Moment.WHO_AGAINST,
    Moment.HOW_KNOW,
)
"""Questions about what the caller offered, once the critical question is answered."""
COVERED = {
    Moment.WHICH_FIRST: r"\b(first|start|begin)\b",
    Moment.WHAT_NEED: r"\b(need|costs?|money|all it takes|myself)\b",
    Moment.WHAT_COST: r"\b(costs?|money|dollars|pounds|quid|euros?|cheap|for free|hours|budget"
    r"|pays? for)\b",
    Moment.WHO_AGAINST: r"\b(against|won't like|don't like|complain|grumble|moan|object|resist"
    r"|give out|come round|won't be keen"
    r"|nobody would|nobody minds|no ?one minds)\b",
    Moment.HOW_KNOW: r"\b(numbers?|measure|count|you'd (see|notice)|compare|by summer|percent"
    r"|halved?|after (a|one|two|three) (weeks?|months?|fortnight)|after a fortnight|track)\b",
}
"""Words of a reply that answer a question before it was asked: another one comes next."""
RETURNS = frozenset({Moment.RETURN_QUESTION, Moment.RETURN_IDEA})
"""The critical question turned back: how they would do it, or how far their idea goes."""
QUESTIONS = frozenset({*RETURNS, Moment.VAGUE, Moment.CREDENTIALS, *FOLLOW_UPS})
"""Moments that wait for an answer: the thread of the call."""
SHORT_CALL_S = 120.0
"""A manager who hangs up sooner than this has time for one question about the caller's plan."""


def follow_ups(
    seed: int, *, ways: int, returned: bool, end_s: float | None
) -> tuple[list[Moment], int]:
    """The questions about the caller's `ways` in the order of this call, and how many of them are
    asked. `returned`: how they would start was asked just now. `end_s`: the end of the time."""
    order = random.Random(f"{seed}/questions")
    first = [] if returned or ways < 2 else [Moment.WHICH_FIRST]
    others = order.sample(FOLLOW_UPS[1:], len(FOLLOW_UPS) - 1)
    count = 1 if end_s is not None and end_s < SHORT_CALL_S else order.choice((2, 3))
    return [*first, *others], count


def next_follow_up(to_ask: Sequence[Moment], offered: str) -> Moment:
    """The first one that what the caller `offered` has not answered yet."""
    fresh = [x for x in to_ask if not re.search(COVERED[x], offered, re.IGNORECASE)]
    return (fresh or to_ask)[0]
