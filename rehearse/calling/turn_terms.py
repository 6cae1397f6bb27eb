"""Turn terms: what holds for the candidate's next turn."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.calling.follow_ups import QUESTIONS
from rehearse.calling.scenario import Moment
from rehearse.calling.situation import Phase, Situation

SHORTEST_TURN_S = 5.0
"""However late it is, a turn lasts this long: nobody is cut off at their first word."""
MESSAGE_PAUSE_S = 6.0
"""Silence that ends a voicemail message."""
_WAITS_AFTER = QUESTIONS | {Moment.ANSWER, Moment.ANSWER_AGAIN, Moment.STATUS}
"""Lines after which the manager lets the candidate think."""


@dataclass(frozen=True)
class TurnTerms:
    """What holds for the candidate's next turn, in seconds; None: nothing special.

    After `limit_s` they are cut off. `pause_s`: silence that ends the turn. `wait_s`: silence
    borne before they say anything.
    """

    limit_s: float | None = None
    pause_s: float | None = None
    wait_s: float | None = None


def terms_of(situation: Situation, last_said: Moment | None, now_s: float) -> TurnTerms:
    """For the turn of the candidate's that begins at `now_s` of call time; from the first with the
    manager on, the manager's time runs. `last_said`: what the manager has just said."""
    clock = situation.clock
    if situation.phase is Phase.MESSAGE:
        return TurnTerms(limit_s=clock.message_s, pause_s=MESSAGE_PAUSE_S)
    if situation.phase is Phase.GATE:
        return TurnTerms()
    if situation.begun_s is None:
        situation.begun_s = now_s
    was_impatient = bool(situation.said[Moment.IMPATIENT])
    end_s = clock.goodbye_s if was_impatient else clock.cut_in_s or clock.goodbye_s
    left_s = None if end_s is None else end_s - situation.spent_s(now_s)
    return TurnTerms(
        limit_s=None if left_s is None else max(left_s, SHORTEST_TURN_S),
        wait_s=clock.wait_s if last_said in _WAITS_AFTER else None,
    )
