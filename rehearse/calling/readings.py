"""Readings: how a turn is taken for another reply."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rehearse.calling import either
from rehearse.calling.acts import Act
from rehearse.calling.bank import Topic, lines_of_file, packaged_bank
from rehearse.calling.forms import Form
from rehearse.calling.replies import REPLIES
from rehearse.calling.reply_kinds import ReplyKind
from rehearse.calling.understood import Understood


@dataclass(frozen=True)
class Reading:
    """A turn taken as one that did `act`. `topic`: whose lines answer it, a kind of
    reply_kinds.toml or a name in topics.toml or either.toml; None for those of the act's moment."""

    act: Act
    form: Form | None = None
    topic: str | None = None


READINGS: Mapping[ReplyKind, Reading] = {
    ReplyKind.BYE: Reading(Act.GOODBYE),
    ReplyKind.NOD: Reading(Act.SMALL_TALK),
    ReplyKind.KIND: Reading(Act.SMALL_TALK, topic=ReplyKind.KIND),
    ReplyKind.CALM: Reading(Act.MISHAP, topic=ReplyKind.CALM),
    ReplyKind.WELCOME: Reading(Act.THANKS),
    ReplyKind.LINE: Reading(Act.LINE_CHECK),
    ReplyKind.NAME: Reading(Act.WHO, Form.WHO),
    ReplyKind.TIME: Reading(Act.GOOD_TIME, topic=ReplyKind.TIME),
    ReplyKind.REPEAT: Reading(Act.REPEAT),
    ReplyKind.TERMS: Reading(Act.NEXT_STEP, Form.WHAT, ReplyKind.TERMS),
    ReplyKind.YES: Reading(Act.ABOUT_JOB, Form.WHETHER, "whether"),
    ReplyKind.NO_FIGURE: Reading(Act.ABOUT_JOB, Form.HOW_MANY, ReplyKind.NO_FIGURE),
    ReplyKind.CHANGES: Reading(Act.ABOUT_JOB, Form.WHAT, ReplyKind.CHANGES),
    ReplyKind.SEE_HERE: Reading(Act.ABOUT_JOB, Form.WHAT),
    ReplyKind.GUESS: Reading(Act.ABOUT_BUSINESS, Form.WHAT, ReplyKind.GUESS),
    ReplyKind.OF_COURSE: Reading(Act.ABOUT_JOB, Form.MAY, ReplyKind.OF_COURSE),
    ReplyKind.NO_NEWS: Reading(Act.STATUS),
    ReplyKind.OF_TWO: Reading(Act.ABOUT_BUSINESS, Form.EITHER, "side"),
    ReplyKind.MYSELF: Reading(Act.ABOUT_YOU, Form.WHAT),
    ReplyKind.FINE: Reading(Act.SMALL_TALK, Form.HOW_IS, "how_it_was"),
    ReplyKind.ACCEPT: Reading(Act.SMALL_TALK, topic=ReplyKind.ACCEPT),
    ReplyKind.HONEST: Reading(Act.SMALL_TALK, topic=ReplyKind.HONEST),
    ReplyKind.KNOW_YOU: Reading(Act.GREETING),
    ReplyKind.GO_ON: Reading(Act.NOTHING),
    ReplyKind.AS_YOU_LIKE: Reading(Act.ABOUT_JOB, Form.EITHER, ReplyKind.AS_YOU_LIKE),
    ReplyKind.MY_END: Reading(Act.MISHAP, topic=ReplyKind.MY_END),
    ReplyKind.WHICH_PART: Reading(Act.SMALL_TALK, topic=ReplyKind.WHICH_PART),
    ReplyKind.REMEMBER: Reading(Act.SMALL_TALK, topic=ReplyKind.REMEMBER),
    ReplyKind.SMILE: Reading(Act.SMALL_TALK, topic=ReplyKind.SMILE),
    ReplyKind.SORRY: Reading(Act.SMALL_TALK, topic=ReplyKind.SORRY),
    ReplyKind.NOT_REALLY: Reading(Act.ABOUT_JOB, Form.WHETHER, ReplyKind.NOT_REALLY),
    ReplyKind.NOTE: Reading(Act.SMALL_TALK, topic=ReplyKind.NOTE),
}
"""How a turn is taken to which a reply of this kind fits."""


@dataclass(frozen=True)
class Retaken:
    """The turn as it is to be answered, and the topics whose lines do."""

    turn: Understood
    topics: Mapping[str, Topic] | None = None
    """None for those that there were."""


def retaken(turn: Understood, kind: ReplyKind) -> Retaken:
    """The turn, taken so that a reply of this kind comes; a greeting in it stays."""
    reading = READINGS[kind]
    named = turn.named or kind is ReplyKind.KNOW_YOU
    acts = tuple(dict.fromkeys((*(a for a in turn.acts if a is Act.GREETING), reading.act)))
    asks = turn.asks and reading.form is not None
    taken = replace(turn, acts=acts, form=reading.form, asks=asks, substance=False, named=named)
    return Retaken(taken, _topics(reading))


def _topics(reading: Reading) -> Mapping[str, Topic]:
    return {} if reading.topic is None else {REPLIES[reading.act]: _named()[reading.topic]}


@functools.cache
def _named() -> Mapping[str, Topic]:
    """All topics by name; a kind is its own."""
    topics = {topic.name: topic for topic in packaged_bank().topics}
    return {**topics, **either.packaged_lines(), **packaged_lines()}


@functools.cache
def packaged_lines() -> Mapping[str, Topic]:
    """The lines that come with the program, by kind."""
    return lines_of_file("reply_kinds.toml", fallback=True)
