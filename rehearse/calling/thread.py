"""Thread: where the talk goes on after an answer."""

from __future__ import annotations

from rehearse.calling.fitting import hands_back
from rehearse.calling.follow_ups import next_follow_up
from rehearse.calling.manager_line import ManagerLine
from rehearse.calling.scenario import Moment
from rehearse.calling.situation import Phase, Situation

BACK = frozenset({Moment.BACK_START, Moment.BACK_PLAN, Moment.BACK_END, Moment.BACK_QUESTION})
_TO_WHAT_WAS_SAID = frozenset({Moment.CREDENTIALS, Moment.VAGUE})
"""Questions that make sense only straight after what they ask about."""
_LEAVES_WORD = frozenset({Moment.GOOD_TIME, Moment.NO_WORRIES, Moment.IM_HERE})
_IN_OTHER_WORDS = {
    Moment.ANSWER: Moment.ANSWER_AGAIN,
    Moment.GREETING: Moment.MY_NAME,
    Moment.PUSH_BACK: Moment.PUSH_BACK_PLAIN,
}


def again(situation: Situation) -> tuple[Moment, ...]:
    """What was said last, for somebody who did not understand it."""
    said = tuple(m for m in situation.repeatable if m not in (*BACK, Moment.ASSISTANT_THROUGH))
    said = said or situation.repeatable
    return tuple(_IN_OTHER_WORDS.get(moment, moment) for moment in said)


def ask_on(situation: Situation) -> Moment:
    """The next question about the caller's plan, which from now on is asked."""
    chosen = next_follow_up(situation.to_ask, situation.offered)
    situation.to_ask.remove(chosen)
    situation.asks_left -= 1
    if situation.asks_left <= 0:
        situation.to_ask.clear()
    return chosen


def back(
    situation: Situation, last: ManagerLine | None, *, came_back: bool, told: bool
) -> tuple[Moment, ...]:
    """Back to where the call was. `last`: the manager's line just before, if there is one;
    `came_back`: so did the one before that, and the caller knows where they were. `told`: the
    caller asked nothing, and can go on."""
    if last is not None and (last.moment in _LEAVES_WORD or hands_back(last.text)):
        return ()
    if last is not None and last.moment is Moment.DONT_KNOW:
        asked = situation.pending
        if asked is Moment.RETURN_IDEA and situation.to_ask:
            return (ask_on(situation),)  # they told their idea, and know no more of it
        return () if asked is None or asked in _TO_WHAT_WAS_SAID else (asked,)
    if last is not None and situation.pending is None and (came_back or told):
        return ()  # asked a moment ago what they want: they know
    if situation.pending is not None and situation.pending not in _TO_WHAT_WAS_SAID:
        heard = came_back or situation.asked_again is situation.pending
        return () if heard else (Moment.BACK_QUESTION, situation.pending)
    if situation.phase is Phase.ANSWERED:
        return (Moment.BACK_END,)
    closed = situation.said[Moment.OPENING] + situation.said[Moment.REDIRECT]
    if situation.ways and not (closed or situation.said[Moment.BACK_PLAN]):
        return (Moment.BACK_PLAN,)  # once, and not to a plan that was left or never heard
    names = last is not None and last.moment is Moment.MY_NAME
    begun = situation.told and not (names and situation.turns <= 1)
    return (Moment.BACK_END if begun else Moment.BACK_START,)
