"""Line kinds: what kind of reply a moment's line is."""

from __future__ import annotations

from collections.abc import Mapping

from rehearse.calling.bank import Topic
from rehearse.calling.reply_kinds import ReplyKind
from rehearse.calling.scenario import Moment

KINDS: Mapping[Moment, ReplyKind] = {
    Moment.SMALL_TALK: ReplyKind.NOD,
    Moment.ABOUT_ME: ReplyKind.MYSELF,
    Moment.CHOICE: ReplyKind.KIND,
    Moment.NO_WORRIES: ReplyKind.CALM,
    Moment.WELCOME: ReplyKind.WELCOME,
    Moment.IM_HERE: ReplyKind.LINE,
    Moment.MY_NAME: ReplyKind.NAME,
    Moment.GOOD_TIME: ReplyKind.TIME,
    Moment.PAY: ReplyKind.TERMS,
    Moment.HOURS: ReplyKind.TERMS,
    Moment.LOCATION: ReplyKind.TERMS,
    Moment.NEXT_STEP: ReplyKind.TERMS,
    Moment.START_DATE: ReplyKind.NO_NEWS,
    Moment.ABOUT_BUSINESS: ReplyKind.GUESS,
    Moment.ABOUT_JOB: ReplyKind.SEE_HERE,
    Moment.DONT_KNOW: ReplyKind.HONEST,
    Moment.NOT_FOLLOWING: ReplyKind.MISSED,
    Moment.GO_ON: ReplyKind.GO_ON,
    Moment.KNOWS_NOW: ReplyKind.KNOW_YOU,
    Moment.CREDENTIALS: ReplyKind.YOUR_PLAN,
    Moment.OPENING: ReplyKind.NOD,
    Moment.FOLLOW_UP: ReplyKind.ACCEPT,
    Moment.CONVINCED: ReplyKind.ACCEPT,
}
"""What a moment's lines are where no topic was named."""
KINDS_OF_TOPICS: Mapping[str, ReplyKind] = {
    "either.side": ReplyKind.OF_TWO,
    "either.echoed": ReplyKind.OF_TWO,
    "either.terms": ReplyKind.TERMS,
    "either": ReplyKind.OF_TWO,
    "either_of_me": ReplyKind.OF_TWO,
    "either_in_passing": ReplyKind.OF_TWO,
    "either_of_place": ReplyKind.TERMS,
    "either_of_terms": ReplyKind.TERMS,
    "told": ReplyKind.NOD,
    "hard_news": ReplyKind.SORRY,
    "noise_here": ReplyKind.MY_END,
    "told_of_oneself": ReplyKind.NOD,
    "how_it_was": ReplyKind.FINE,
    "asked_back": ReplyKind.FINE,
    "whether": ReplyKind.YES,
    "now_and_then": ReplyKind.YES,
    "may": ReplyKind.OF_COURSE,
    "what_number": ReplyKind.NO_FIGURE,
    "how_it_goes": ReplyKind.FINE,
    "how_long_does_it": ReplyKind.CHANGES,
    "which_day": ReplyKind.CHANGES,
    "which_person": ReplyKind.CHANGES,
    "in_what_way": ReplyKind.SEE_HERE,
    "what_in_passing": ReplyKind.GUESS,
}
"""The same of topics that come where no other does, and of those that speak of no subject."""


def kind_of(moment: Moment, topics: Mapping[str, Topic]) -> ReplyKind | None:
    """The kind of reply that a moment is; None where it is of no kind or speaks of a subject."""
    return KINDS_OF_TOPICS.get(topics[moment].name) if moment in topics else KINDS.get(moment)
