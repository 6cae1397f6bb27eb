"""Second thoughts: whether the planned reply fits."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from rehearse.calling.acts import Act
from rehearse.calling.bank import Topic
from rehearse.calling.line_kinds import kind_of
from rehearse.calling.readings import READINGS, Retaken, retaken
from rehearse.calling.replies import REPLIES
from rehearse.calling.reply_kinds import ANSWERING, ReplyKind
from rehearse.calling.rules import CLOSING, Next, Rule
from rehearse.calling.scenario import Moment
from rehearse.calling.understood import SUBSTANCE, Understood

FITS = 0.5
"""Probability from which a kind of reply is said to fit."""
FITS_PLAN = 0.4
"""The same of the question what they would do: the call is about that."""
LIKELY: Mapping[ReplyKind, float] = dict.fromkeys(
    (ReplyKind.OF_TWO, ReplyKind.BYE, ReplyKind.FINE, ReplyKind.KNOW_YOU), 0.8
) | {ReplyKind.NO_NEWS: 0.65, ReplyKind.YES: 0.65, ReplyKind.REPEAT: 0.95, ReplyKind.MY_END: 0.85}
"""The same of kinds that are odd where they do not fit."""
MORE_THAN_A_NOD: Mapping[ReplyKind, float] = {
    ReplyKind.SORRY: 0.6, ReplyKind.REMEMBER: 0.6, ReplyKind.NOTE: 0.6, ReplyKind.GO_ON: 0.8,
    ReplyKind.SMILE: 0.85,
}  # fmt: skip
"""Probabilities from which a kind comes that shows, as a nod does not, that somebody listened."""
NO_BETTER_GENERAL = 0.3
"""Probability from which a general answer is not given up for another."""
BETTER_BY = 0.15
"""How much likelier another kind must fit than the one that was to come."""
MUCH = 0.3
"""How much likelier it must be where what was to come may fit."""
SURELY = 0.9
"""Probability from which a kind comes although what was to come may fit as well."""
SURELY_REPEAT = 0.5
"""Probability from which somebody wants to hear it again, whatever else they say."""
ANSWERS = 0.6
"""Probability from which a question is answered rather than what was told beside it."""
SAD = 0.2
"""Probability of "I'm sorry" from which nobody laughs."""
TAKES_LEAVE = 0.85
"""Probability from which somebody takes leave, whatever else they say."""
SURELY_SPECIAL = 0.85
"""Probability from which a kind of _SPECIAL comes, if it is the likeliest."""
SURELY_KIND = 0.8
"""Probability from which praise is thanked for rather than nodded at, if that is likelier."""
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
_TO_STATEMENTS = frozenset(
    {ReplyKind.NOD, ReplyKind.KIND, ReplyKind.CALM, ReplyKind.ACCEPT, ReplyKind.HONEST}
    | {ReplyKind.REMEMBER, ReplyKind.SMILE, ReplyKind.SORRY, ReplyKind.NOTE, ReplyKind.GO_ON}
)
"""Kinds that answer nothing."""
_SPECIAL = (ReplyKind.MY_END, ReplyKind.WHICH_PART, ReplyKind.AS_YOU_LIKE)
"""Kinds that fit few turns, and those better than a general one."""
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
_ONE_ANSWER = frozenset(
    {ReplyKind.TERMS, ReplyKind.YES, ReplyKind.NO_FIGURE, ReplyKind.CHANGES, ReplyKind.SEE_HERE}
    | {ReplyKind.GUESS, ReplyKind.OF_TWO, ReplyKind.AS_YOU_LIKE, ReplyKind.NOT_REALLY}
)
"""General answers to a question, of which one is enough."""
_SHORT_WORDS = 4
_WAITS = re.compile(
    r"\bI('ll| will| can|'m (fine|happy) to)? (just )?(wait|hold|hang on)\b"
    r"(?! (an?|the|my|tables|for)\b)"
    r"|\b(take your time|no (rush|hurry)|(see to|sort) (him|her|them)( out)?( first)?)\b",
    re.IGNORECASE,
)
_SLIGHT_MOMENTS = frozenset({Moment.HELLO})
"""What may go beside any reply."""
_SLIGHT = frozenset({ReplyKind.CALM, ReplyKind.NOD, ReplyKind.GO_ON})
"""Kinds that go unsaid where something is to be said again."""


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
        return Plan({}, {})  # nobody is sent elsewhere who takes leave
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


def takes_leave(turn: Understood) -> bool:
    """Whether the turn is surely a goodbye, whatever else is in it."""
    return turn.kinds.get(ReplyKind.BYE, 0.0) >= TAKES_LEAVE


def is_no_idea(turn: Understood) -> bool:
    """Whether the turn surely offers and answers nothing: "who fills in the book when one of us
    gets bitten"."""
    if turn.words <= _SHORT_WORDS:
        return False  # "the rota": it may answer what was asked
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
    if fit.get(ReplyKind.ACCEPT, 0.0) > SURELY_WRONG and not (
        takes_leave(turn) or is_no_idea(turn)
    ):
        return None
    only_time = set(fit) == {ReplyKind.TIME} and not (plan.subjects or plan.others)
    leaves = turn.kinds[ReplyKind.BYE] >= FITS
    if only_time and turn.form is None and not leaves and _WAITS.search(turn.text):
        return retaken(turn, ReplyKind.TIME)  # nobody asked whether it is a good time
    best = _best(turn, fit)
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
    elif best not in fit and (_must_come(best, turn, fit) or _is_better(best, turn, fit)):
        return retaken(turn, best)
    return _without_misfits(turn, plan, fit)


def _without_misfits(
    turn: Understood, plan: Plan, fit: Mapping[ReplyKind, float]
) -> Retaken | None:
    """The turn without the acts that bring what hardly fits, beside something that does."""
    beside = bool(plan.subjects) or plan.others
    limit = UNLIKELY if beside else FITS
    misfits = {kind for kind in fit if fit[kind] < limit}
    general = sorted((kind for kind in fit if kind in _ONE_ANSWER), key=lambda kind: -fit[kind])
    misfits |= set(general[1:])
    dropped = frozenset[Act]().union(*(plan.kinds[kind] for kind in misfits))
    if not dropped or not (beside or max(fit.values()) >= FITS):
        return None
    return Retaken(replace(turn, acts=tuple(act for act in turn.acts if act not in dropped)))


def _best(turn: Understood, fit: Mapping[ReplyKind, float]) -> ReplyKind:
    """The kind that is called for."""
    kinds = turn.kinds
    if takes_leave(turn):
        return ReplyKind.BYE  # with praise and thanks, which may be likelier still
    if kinds[ReplyKind.REPEAT] >= SURELY_REPEAT and set(fit) <= _SLIGHT:
        return ReplyKind.REPEAT  # "sorry, a lorry went by": they want to hear it again
    special = max(_SPECIAL, key=lambda kind: kinds[kind])
    if _is_special(special, kinds, fit):
        return special
    if ReplyKind.REPEAT in fit and kinds[ReplyKind.WHICH_PART] > kinds[ReplyKind.REPEAT]:
        return ReplyKind.WHICH_PART
    not_meant = set()
    if turn.did(Act.GREETING):
        not_meant.add(ReplyKind.KNOW_YOU)
    if ReplyKind.NAME in fit:
        # "I didn't catch your name", "is that still you"
        not_meant |= {ReplyKind.REPEAT, ReplyKind.YES, ReplyKind.OF_TWO}
    best = max((kind for kind in READINGS if kind not in not_meant), key=lambda kind: kinds[kind])
    if best is ReplyKind.NOD and min(kinds[ReplyKind.DOUBT], kinds[ReplyKind.ACCEPT]) >= FITS:
        return ReplyKind.ACCEPT  # an idea, though none that the rubric knows
    if best is ReplyKind.NOD and ReplyKind.YOUR_PLAN in fit and kinds[ReplyKind.ACCEPT] >= SURELY:
        return ReplyKind.ACCEPT  # they have said what they would do
    if turn.form is not None and best in _TO_STATEMENTS and kinds[best] < SURELY:
        answer = max(sorted(ANSWERING), key=lambda kind: kinds[kind])
        return answer if kinds[answer] >= ANSWERS else best
    if best is ReplyKind.NOD or best in MORE_THAN_A_NOD:
        return _more_than_a_nod(turn) or ReplyKind.NOD
    return best


def _more_than_a_nod(turn: Understood) -> ReplyKind | None:
    """The first that fits, if one does; who asks something is not laughed with or taken note of,
    nor is who has something to be sorry about."""
    kinds = turn.kinds
    for kind, least in MORE_THAN_A_NOD.items():
        asked = turn.form is not None and kind is not ReplyKind.REMEMBER
        sad = kind is ReplyKind.SMILE and kinds[ReplyKind.SORRY] >= SAD
        if kinds[kind] >= least and not asked and not sad:
            return kind
    return None


def _must_come(best: ReplyKind, turn: Understood, fit: Mapping[ReplyKind, float]) -> bool:
    """Whether more than what is planned is called for, though that may fit as well."""
    kinds, asks = turn.kinds, turn.form is not None
    if best is ReplyKind.REPEAT:
        return kinds[best] >= SURELY_REPEAT and bool(fit) and set(fit) <= _SLIGHT
    if best in _SPECIAL and _is_special(best, kinds, fit):
        return True
    if best is ReplyKind.WHICH_PART:
        return kinds[best] >= FITS and set(fit) <= {ReplyKind.REPEAT, *_SLIGHT}
    if best in ANSWERING and asks and kinds[best] >= ANSWERS:
        return bool(fit) and set(fit) <= _TO_STATEMENTS
    if best is ReplyKind.ACCEPT:
        return kinds[best] >= FITS and ReplyKind.YOUR_PLAN in fit
    nods = set(fit) == {ReplyKind.NOD}
    if best in MORE_THAN_A_NOD:
        return nods
    if best is ReplyKind.KIND:
        return nods and kinds[best] >= SURELY_KIND
    return nods and best is ReplyKind.HONEST and kinds[best] >= SURELY


def _is_special(
    kind: ReplyKind, kinds: Mapping[ReplyKind, float], fit: Mapping[ReplyKind, float]
) -> bool:
    if kind is ReplyKind.MY_END and fit.get(ReplyKind.TIME, 0.0) >= FITS:
        return False  # "is now all right, I can hear a trolley": they want to know that
    return bool(fit) and kinds[kind] >= max(SURELY_SPECIAL, *fit.values())


def _is_better(best: ReplyKind, turn: Understood, fit: Mapping[ReplyKind, float]) -> bool:
    likely, least = turn.kinds[best], min(fit.values(), default=1.0)
    several = len(fit) > 1 and max(fit.values()) >= FITS
    all_general = {best, *fit} <= _ONE_ANSWER
    limit = FITS_PLAN if set(fit) == {ReplyKind.YOUR_PLAN} else FITS
    limit = NO_BETTER_GENERAL if all_general else limit
    much_better = all_general and likely >= least + MUCH
    return (
        (least < limit or much_better)
        and likely >= max(LIKELY.get(best, FITS), least + BETTER_BY)
        and not (several and likely < max(fit.values()) + BETTER_BY)
    )
