"""Evening so far: steps saved, and steps that rehearsals prove."""

from __future__ import annotations

from collections.abc import Sequence

from rehearse.keeping.store import Store
from rehearse.keeping.summary import Summary, instant_s
from rehearse.preparing.first_evening import FirstEvening, FirstEveningFile, Step, done_by_calls

AT_MOST_CALLS = 5
"""After this many calls nobody needs an introduction."""
LASTS_S = 18 * 60 * 60.0
"""From the first call on: an evening, and the morning after it."""


def evening_so_far(store: Store, summaries: Sequence[Summary] | None = None) -> FirstEvening:
    """Where the person stands. `summaries`: those of `store`, None to read them if needed."""
    known = FirstEveningFile(store.home).load()
    if known.next_step is None:
        return known
    held = store.summaries() if summaries is None else summaries
    return known.with_done(done_by_calls(one.scenario for one in held if one.score is not None))


def scored_calls(summaries: Sequence[Summary]) -> int:
    """How many calls were held to an end."""
    return sum(one.score is not None for one in summaries)


def reminder_helps(evening: FirstEvening, summaries: Sequence[Summary], now_s: float) -> bool:
    """Whether to name the next step after a command. `now_s`: seconds since 1970.

    Not once the last step is done, after AT_MOST_CALLS calls, or LASTS_S after the first one.
    """
    if evening.next_step is None or Step.BUSY in evening.done:
        return False
    if scored_calls(summaries) >= AT_MOST_CALLS:
        return False
    return not summaries or now_s - min(map(instant_s, summaries)) < LASTS_S
