"""Standing: where the user stands, and what is next."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.keeping.summary import Summary, not_judged
from rehearse.report.wording import left_out
from rehearse.scoring.rubric import WAYS_ASKED_FOR, Verdict

LAST_CALLS = 5
ENOUGH = 0.8
"""If this share of the last calls had the question, it is no longer the next step."""


@dataclass(frozen=True)
class StandingView:
    """`step` is the next step in words. `drill`: which drill to do, "" for a whole call.
    `left_out`: which calls the sentence does not count, "" for none."""

    sentence: str
    step: str
    drill: str
    left_out: str = ""


def standing(newest_first: Sequence[Summary]) -> StandingView | None:
    """The user's standing; None if there is no call yet with something to score."""
    last = [one for one in newest_first if one.judged][:LAST_CALLS]
    if not last:
        return None
    since = newest_first[: newest_first.index(last[-1]) + 1]
    note = left_out(not_judged(since))
    asked = sum(one.critical_question is Verdict.COVERED for one in last)
    ways = statistics.median_low(
        sorted(min(one.contributions or 0, WAYS_ASKED_FOR) for one in last)
    )
    fewer = sum(min(one.contributions or 0, WAYS_ASKED_FOR) <= ways for one in last)
    sentence = _asked(asked, len(last)) + _ways(ways, fewer, asked, len(last))
    if asked < ENOUGH * len(last):
        return StandingView(sentence, "Practise the question", "question", note)
    if ways < WAYS_ASKED_FOR:
        drill = "ways" if ways else "way1"
        step = "Practise three ways" if ways else "Practise one way"
        return StandingView(sentence, step, drill, note)
    return StandingView(sentence, "Call somebody harder to talk to", "", note)


def _asked(asked: int, calls: int) -> str:
    if calls == 1:
        return "You asked the question in your call" if asked else "The question is still to come"
    if asked in (0, calls):
        did = "asked the question in all of" if asked else "did not ask the question in"
        return f"You {did} your last {calls} calls"
    return f"You asked the question in {asked} of your last {calls} calls"


def _ways(ways: int, fewer: int, asked: int, calls: int) -> str:
    """`ways`: how many were named most often; `fewer`: the calls with no more than that."""
    usually = "usually " if calls > 1 else ""
    if ways == WAYS_ASKED_FOR:
        return f", {'and' if asked else 'but'} you {usually}name three ways."
    missing = ("ways you would help are", "the second and third way are", "the third way is")
    if 2 * fewer <= calls:
        return f"; {missing[ways]} missing in {fewer} of them."
    return f"; {missing[ways]} {usually}missing."
