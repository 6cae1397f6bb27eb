"""Second thoughts: whether the planned reply fits."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from rehearse.calling.acts import Act
from rehearse.calling.bank import Topic
from rehearse.calling.called_for import (
    FITS,
    LIKELY,
    ONE_ANSWER,
    SURELY,
    called_for,
    comes_instead,
    takes_leave,
)
from rehearse.calling.line_kinds import kind_of
from rehearse.calling.readings import READINGS, Retaken, retaken
from rehearse.calling.replies import REPLIES
from rehearse.calling.reply_kinds import ReplyKind
from rehearse.calling.rules import CLOSING, Next, Rule
from rehearse.calling.scenario import Moment
from rehearse.calling.understood import SUBSTANCE, Understood

UNLIKELY = 0.1
"""Probability below which a kind is left out beside a subject."""
SURELY_WRONG = 0.05
"""Probability up to which a kind is given up that carries the call on."""
SURELY_NONE = 0.75
"""Probability of a kind of _NO_QUESTION from which nothing is said of a subject."""
AHEAD = 0.1
"""How much likelier that kind must be than the subject."""
SUBJECT_LIKELY = 0.6
"""Probability from which a subject is not given up for a kind of _OTHER_ANSWERS."""
_NO_QUESTION = frozenset(
    {ReplyKind.BYE, ReplyKind.KIND, ReplyKind.CALM, ReplyKind.WELCOME, ReplyKind.LINE}
    | {ReplyKind.NAME, ReplyKind.TIME, ReplyKind.HONEST, ReplyKind.NOD, ReplyKind.MY_END}
    | {ReplyKind.REMEMBER, ReplyKind.SMILE, ReplyKind.SORRY, ReplyKind.NOTE}
)
"""Kinds that fit where nothing is asked of which the manager could tell."""
_OTHER_ANSWERS = frozenset({ReplyKind.NO_FIGURE, ReplyKind.TERMS})
"""Kinds that fit where something else is asked of a subject."""
_WHATEVER_WAS_SAID = frozenset(
    {Moment.GOODBYE, Moment.IMPATIENT, Moment.WELL_HANDLED, Moment.STILL_THERE, Moment.VAGUE}
    | {Moment.BARELY_HEAR, Moment.REDIRECT, Moment.ASIDE}
)
"""What comes by the clock, by the scenario, or as the call's own question."""
_ACTS_OF_RULES = {
    Moment.DONT_KNOW: frozenset({Act.DONT_KNOW}),
    Moment.CREDENTIALS: frozenset({Act.RECITAL}),
}
"""Acts but for which the rule that says these would not hold."""
_SHORT_WORDS = 4
"""A turn up to this long may answer what was asked, whatever its words."""
_WAITS = re.compile(
    r"\b(I('ll| will| can|'m (fine|happy) to) (just )?(wait|hold|hang on)"
    r"(?! (an?|the (?!line)|my)\b)"
    r"|take your time|no (rush|hurry)|see to (him|her|them)|sort (him|her|them) out)\b",
    re.IGNORECASE,
)
"""Offers to wait."""
_SLIGHT_MOMENTS = frozenset({Moment.HELLO})
"""What may go beside any reply."""


@dataclass(frozen=True)
class Plan:
    """What would be said to a turn. `kinds`: of reply, with the acts that bring them; none where
    the rule would say them anyway. `subjects`: the moments whose lines speak of a subject, and with
    what probability they answer the turn. `others`: something else is said as well."""

    kinds: Mapping[ReplyKind, frozenset[Act]]
    subjects: Mapping[Moment, float]
    others: bool = False


def plan_of(
    turn: Understood,
    rule: Rule,
    answers: Collection[Moment],
    topics: Mapping[str, Topic],
    odds: Mapping[str, float],
) -> Plan | None:
    """What `rule` and `answers` would say, in the lines of `topics`; None where it comes whatever
    the turn was. `odds`: as in answer_odds.py."""
    if Moment.REDIRECT in rule.says and takes_leave(turn):
        return Plan({ReplyKind.TERMS: frozenset()}, {})  # nobody is sent elsewhere who takes leave
    if Moment.REDIRECT in rule.says and set(turn.acts) & SUBSTANCE == {Act.STATUS}:
        return Plan({ReplyKind.NO_NEWS: frozenset({Act.STATUS})}, {})
    if Moment.REDIRECT in rule.says and set(turn.acts) & SUBSTANCE == {Act.RECITAL}:
        return Plan({ReplyKind.YOUR_PLAN: frozenset({Act.RECITAL})}, {})
    if rule is not CLOSING and set(rule.says) & _WHATEVER_WAS_SAID:
        return None
    said = {moment: kind_of(moment, topics) for moment in (*answers, *rule.says)}
    subjects = {
        moment: odds.get(topics[moment].name, 1.0)
        for moment in answers
        if moment in topics and not topics[moment].fallback and said[moment] is None
    }
    kinds: dict[ReplyKind, frozenset[Act]] = {}
    for moment, kind in said.items():
        if kind is not None:
            acts = {act for act in turn.acts if REPLIES.get(act) is moment}
            acts |= _ACTS_OF_RULES.get(moment, frozenset())
            kinds[kind] = kinds.get(kind, frozenset()) | acts
    if rule.next is Next.REPEAT:
        which = turn.kinds.get(ReplyKind.WHICH_PART, 0.0)
        other = which >= max(FITS, turn.kinds.get(ReplyKind.REPEAT, 0.0))
        if any(not topic.fallback for topic in topics.values()) and not other:
            return None  # says it again of the same subject
        kinds[ReplyKind.REPEAT] = frozenset({Act.REPEAT})
    if rule is CLOSING:
        kinds[ReplyKind.BYE] = frozenset()
    unknown = {moment for moment in answers if said[moment] is None} - set(subjects)
    return Plan(kinds, subjects, bool(unknown - _SLIGHT_MOMENTS) or Moment.STATUS in rule.says)


def is_no_idea(turn: Understood) -> bool:
    """Whether the turn surely offers and answers nothing: "who fills in the book when one of us
    gets bitten"."""
    if turn.words <= _SHORT_WORDS:
        return False  # "the rota"
    doubted, accepted = (turn.kinds.get(k, 1.0) for k in (ReplyKind.DOUBT, ReplyKind.ACCEPT))
    return doubted < UNLIKELY and accepted < 2 * UNLIKELY


def without_false_ways(turn: Understood) -> Understood:
    """The turn without the ways that the rubric saw in it, where it is surely no idea of theirs."""
    if not turn.new_ways or not is_no_idea(turn):
        return turn
    acts = tuple(act for act in turn.acts if act is not Act.WAYS) or (Act.NOTHING,)
    return replace(turn, new_ways=(), acts=acts, substance=bool(set(acts) & SUBSTANCE))


def taken_again(turn: Understood, plan: Plan) -> Retaken | None:
    """The turn, taken so that other kinds of reply come, where one of the plan's hardly fits; None
    to leave it."""
    if not turn.kinds:
        return None
    fit = {kind: turn.kinds[kind] for kind in plan.kinds}
    carries_on = fit.get(ReplyKind.ACCEPT, 0.0) > SURELY_WRONG and not is_no_idea(turn)
    if carries_on and not takes_leave(turn):
        return None
    only_time = set(fit) == {ReplyKind.TIME} and not (plan.subjects or plan.others)
    leaves = turn.kinds[ReplyKind.BYE] >= FITS
    if only_time and turn.form is None and not leaves and _WAITS.search(turn.text):
        return retaken(turn, ReplyKind.TIME)  # nobody asked, and hears that the manager is back
    best = called_for(turn, fit)
    likely = turn.kinds[best]
    if plan.others or fit.get(ReplyKind.BYE, 0.0) >= FITS:
        pass
    elif plan.subjects:
        odds = max(plan.subjects.values())
        alike = REPLIES.get(READINGS[best].act) in plan.subjects
        enough = max(LIKELY.get(best, FITS), SURELY_NONE, odds + AHEAD)
        none = best in _NO_QUESTION and likely >= enough and not alike
        other = best in _OTHER_ANSWERS and likely >= SURELY and odds < SUBJECT_LIKELY
        if none or other:
            return retaken(turn, best)
    elif comes_instead(best, turn, fit):
        return retaken(turn, best)
    return _without_misfits(turn, plan, fit)


def _without_misfits(
    turn: Understood, plan: Plan, fit: Mapping[ReplyKind, float]
) -> Retaken | None:
    """The turn without the acts that bring what hardly fits, beside something that does."""
    beside = bool(plan.subjects) or plan.others
    limit = UNLIKELY if beside else FITS
    misfits = {kind for kind in fit if fit[kind] < limit}
    general = sorted((kind for kind in fit if kind in ONE_ANSWER), key=lambda kind: -fit[kind])
    misfits |= set(general[1:])
    dropped = frozenset[Act]().union(*(plan.kinds[kind] for kind in misfits))
    if not dropped or not (beside or max(fit.values()) >= FITS):
        return None
    return Retaken(replace(turn, acts=tuple(act for act in turn.acts if act not in dropped)))
