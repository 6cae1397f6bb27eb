"""Since last: this call compared with the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.keeping.summary import Summary
from rehearse.scoring.rubric import WAYS_ASKED_FOR, Verdict

SOONER_S = 5.0
"""Less than this is chance."""


@dataclass(frozen=True)
class _Gain:
    """The wording for a gain in this call, and for one in the call before."""

    now: str
    then: str


def the_one_before(summary_id: str, newest_first: Sequence[Summary]) -> Summary | None:
    """The last scored call with speech before the one with this id."""
    ids = [one.id for one in newest_first]
    older = newest_first[ids.index(summary_id) + 1 :] if summary_id in ids else ()
    return next((one for one in older if one.judged and _said_something(one)), None)


def since_last(now: Summary, last: Summary | None) -> str:
    """What changed, gains first; "" if there is nothing to compare."""
    if last is None or not (now.judged and last.judged):
        return ""
    gained = [*_gained(now, last), *_sooner(now, last)]
    lost = _gained(last, now)
    if gained:
        said = f"Since last time: you now {_listed([one.now for one in gained])}."
    elif lost:
        said = f"Last time you {_listed([one.then for one in lost])}; this time you did not."
    elif now.score == last.score:
        said = f"The same score as last time: {now.score}."
    else:
        said = f"{now.score} of 100 now, {last.score} last time."
    other = now.scenario != last.scenario
    return f"{said[:-1]} (with another manager)." if other else said


def _gained(better: Summary, worse: Summary) -> list[_Gain]:
    """What `better` has and `worse` lacks."""
    gained = []
    asks, asked = (one.critical_question is Verdict.COVERED for one in (better, worse))
    if asks and not asked:
        gained.append(_Gain("ask the question", "asked the question"))
    ways, before = (min(one.contributions or 0, WAYS_ASKED_FOR) for one in (better, worse))
    if ways > before:
        count = ("", "one way", "two ways", "three ways")[ways]
        none = ("none", "one", "two")[before]
        gained.append(_Gain(f"name {count} instead of {none}", f"named {count}"))
    return gained


def _sooner(now: Summary, last: Summary) -> list[_Gain]:
    """That the question came earlier; that it came later is no loss."""
    if now.question_s is None or last.question_s is None:
        return []
    sooner_s = last.question_s - now.question_s
    rest = f"to the question {sooner_s:.0f} s earlier"
    return [_Gain(f"come {rest}", f"came {rest}")] if sooner_s >= SOONER_S else []


def _listed(parts: Sequence[str]) -> str:
    return " and ".join((", ".join(parts[:-1]), parts[-1]) if len(parts) > 1 else parts)


def _said_something(summary: Summary) -> bool:
    return summary.score != 0 or bool(summary.pace_wpm)
