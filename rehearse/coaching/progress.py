"""Progress: what got better since earlier calls.

It claims only what the scorer is sure of, in this call and in the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.delivery.delivery import Delivery
from rehearse.scoring.rubric import WAYS_ASKED_FOR, Criterion
from rehearse.scoring.scorecard import Scorecard

SOONER_S = 5.0
"""Less than this is chance."""
FEWER_UM_A_MINUTE = 2.0
FILLERS_WORTH_A_WORD = 5.0
MOST_SENTENCES = 3
_NUMBERS = ("one way", "two ways", "three ways")
_FIRST_TIMES = {
    Criterion.CRITICAL_QUESTION: "For the first time, you asked the critical question.",
    Criterion.BUSINESS_LINK: "For the first time, you said how the job helps the business.",
    Criterion.MANAGER_CHOICE: "For the first time, you told the manager that you chose them.",
}


@dataclass(frozen=True)
class Earlier:
    """An earlier rehearsal. `delivery` is None if it was not measured."""

    scorecard: Scorecard
    delivery: Delivery | None


def progress(now: Earlier, earlier: Sequence[Earlier]) -> tuple[str, ...]:
    """At most MOST_SENTENCES, the most important first. `earlier`: newest first, may be empty."""
    if not earlier:
        return ()
    sentences = [*_first_times(now, earlier), *_since_last(now, earlier[0])]
    return tuple(sentences[:MOST_SENTENCES])


def _first_times(now: Earlier, earlier: Sequence[Earlier]) -> list[str]:
    sentences = []
    ways = _ways(now)
    sure = _certain(now, Criterion.CONTRIBUTIONS)
    if sure and max(map(_ways, earlier)) < ways <= WAYS_ASKED_FOR:
        sentences.append(f"For the first time, you named {_NUMBERS[ways - 1]}.")
    for criterion, sentence in _FIRST_TIMES.items():
        if _certain(now, criterion) and not any(_met(one, criterion) for one in earlier):
            sentences.append(sentence)
    return sentences


def _since_last(now: Earlier, last: Earlier) -> list[str]:
    sentences = []
    for criterion, fault in (
        (Criterion.STATUS_CHECK, "This time, you did not ask where you stand."),
        (Criterion.CREDENTIAL_RECITAL, "This time, you did not recite your past."),
    ):
        if _certain(last, criterion) and not _met(now, criterion) and now.scorecard.clauses:
            sentences.append(fault)
    if now.delivery is None or last.delivery is None:
        return sentences
    then, at_present = last.delivery, now.delivery
    for name, criterion, then_s, now_s in (
        ("question", Criterion.CRITICAL_QUESTION, then.question_s, at_present.question_s),
        ("first way", Criterion.CONTRIBUTIONS, then.first_way_s, at_present.first_way_s),
    ):
        sure = _certain(now, criterion) and _certain(last, criterion)
        if sure and then_s is not None and now_s is not None and then_s - now_s >= SOONER_S:
            sentences.append(f"Your {name} came {then_s - now_s:.0f} s earlier than last time.")
    um_then, um_now = last.delivery.hesitations_per_minute, now.delivery.hesitations_per_minute
    if (
        um_then is not None
        and um_now is not None
        and um_then >= FILLERS_WORTH_A_WORD
        and um_then - um_now >= FEWER_UM_A_MINUTE
    ):
        sentences.append(f"Um and uh: {um_now:.0f} a minute, {um_then:.0f} last time.")
    stopped = now.delivery.after_question
    before = last.delivery.after_question
    sure = all(_certain(one, Criterion.CRITICAL_QUESTION) for one in (now, last))
    if sure and stopped and before and stopped.stopped and not before.stopped:
        sentences.append("This time you stopped after the question.")
    return sentences


def _ways(rehearsal: Earlier) -> int:
    return rehearsal.scorecard.finding(Criterion.CONTRIBUTIONS).count or 0


def _certain(rehearsal: Earlier, criterion: Criterion) -> bool:
    return rehearsal.scorecard.finding(criterion).certain


def _met(rehearsal: Earlier, criterion: Criterion) -> bool:
    return rehearsal.scorecard.finding(criterion).met
