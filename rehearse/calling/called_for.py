"""CalledFor: which kind of reply a turn calls for.

The limits were chosen by reading what they changed in the calls of strangers (docs/conversation.md,
rounds 23 to 30), not by search.
"""

from __future__ import annotations

from collections.abc import Mapping

from rehearse.calling.acts import Act
from rehearse.calling.readings import READINGS
from rehearse.calling.reply_kinds import ANSWERING, ReplyKind
from rehearse.calling.understood import Understood

FITS = 0.5
"""Probability from which a kind of reply is said to fit."""
LIKELY: Mapping[ReplyKind, float] = dict.fromkeys(
    (ReplyKind.OF_TWO, ReplyKind.BYE, ReplyKind.FINE, ReplyKind.KNOW_YOU), 0.8
) | {ReplyKind.NO_NEWS: 0.65, ReplyKind.YES: 0.65, ReplyKind.REPEAT: 0.95, ReplyKind.MY_END: 0.85}
"""FITS of kinds that are odd where they do not fit."""
SURELY = 0.9
"""Probability from which a kind comes although what was to come may fit as well."""
FITS_PLAN = 0.4
"""FITS of "What would you do for us?": lower, because the call is about that."""
MORE_THAN_A_NOD: Mapping[ReplyKind, float] = {
    ReplyKind.SORRY: 0.6, ReplyKind.REMEMBER: 0.6, ReplyKind.NOTE: 0.6, ReplyKind.GO_ON: 0.8,
    ReplyKind.SMILE: 0.85,
}  # fmt: skip
"""Probabilities from which a kind comes that shows, as a nod does not, that somebody listened; of
several the first."""
NO_BETTER_GENERAL = 0.3
"""Probability from which a general answer is not given up for another."""
BETTER_BY = 0.15
"""How much likelier another kind must fit than the one that was to come."""
MUCH = 0.3
"""How much likelier another general answer must be where the planned one may fit."""
SURELY_REPEAT = 0.5
"""Probability from which somebody wants to hear it again who else would only get a nod."""
ANSWERS = 0.6
"""Probability from which a question is answered rather than what was told beside it."""
SAD = 0.2
"""Probability of "I'm sorry" from which nobody laughs."""
TAKES_LEAVE = 0.85
"""Probability from which somebody takes leave, whatever else they say."""
SURELY_SPECIAL = 0.85
"""Probability from which a kind of _SPECIAL comes, if no planned one fits better."""
SURELY_KIND = 0.8
"""Probability from which praise is thanked for rather than nodded at, if that is likelier."""
_TO_STATEMENTS = frozenset(
    {ReplyKind.NOD, ReplyKind.KIND, ReplyKind.CALM, ReplyKind.ACCEPT, ReplyKind.HONEST}
    | {ReplyKind.REMEMBER, ReplyKind.SMILE, ReplyKind.SORRY, ReplyKind.NOTE, ReplyKind.GO_ON}
)
"""Kinds that answer nothing."""
_SPECIAL = (ReplyKind.MY_END, ReplyKind.WHICH_PART, ReplyKind.AS_YOU_LIKE)
"""Kinds that fit few turns, and those better than a general one."""
_SLIGHT = frozenset({ReplyKind.CALM, ReplyKind.NOD, ReplyKind.GO_ON})
"""Kinds that go unsaid where something is to be said again."""
ONE_ANSWER = frozenset(
    {ReplyKind.TERMS, ReplyKind.YES, ReplyKind.NO_FIGURE, ReplyKind.CHANGES, ReplyKind.SEE_HERE}
    | {ReplyKind.GUESS, ReplyKind.OF_TWO, ReplyKind.AS_YOU_LIKE, ReplyKind.NOT_REALLY}
)
"""General answers to a question, of which one is enough."""


def takes_leave(turn: Understood) -> bool:
    """Whether the turn is surely a goodbye, whatever else is in it."""
    return turn.kinds.get(ReplyKind.BYE, 0.0) >= TAKES_LEAVE


def called_for(turn: Understood, fit: Mapping[ReplyKind, float]) -> ReplyKind:
    """The kind of reply that is called for. `fit`: how likely each kind fits that is planned."""
    kinds = turn.kinds
    if takes_leave(turn):
        return ReplyKind.BYE  # with praise and thanks, which may be likelier still
    if kinds[ReplyKind.REPEAT] >= SURELY_REPEAT and set(fit) <= _SLIGHT:
        return ReplyKind.REPEAT  # "sorry, a lorry went by": they want to hear it again
    if special := [kind for kind in _SPECIAL if _is_special(kind, kinds, fit)]:
        return max(special, key=lambda kind: kinds[kind])
    which = kinds[ReplyKind.WHICH_PART]
    if ReplyKind.REPEAT in fit and which >= max(FITS, kinds[ReplyKind.REPEAT]):
        return ReplyKind.WHICH_PART
    not_meant = set[ReplyKind]()
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
        answer = max(sorted(ANSWERING - not_meant), key=lambda kind: kinds[kind])
        if kinds[answer] >= ANSWERS:
            return answer
    if best is ReplyKind.NOD or best in MORE_THAN_A_NOD:
        return _more_than_a_nod(turn) or ReplyKind.NOD
    return best


def comes_instead(best: ReplyKind, turn: Understood, fit: Mapping[ReplyKind, float]) -> bool:
    """Whether what is called for comes instead of what is planned."""
    return best not in fit and (_must_come(best, turn, fit) or _is_better(best, turn, fit))


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
    if best is ReplyKind.BYE:
        return takes_leave(turn)
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
    all_general = {best, *fit} <= ONE_ANSWER
    limit = FITS_PLAN if set(fit) == {ReplyKind.YOUR_PLAN} else FITS
    limit = NO_BETTER_GENERAL if all_general else limit
    much_better = all_general and likely >= least + MUCH
    return (
        (least < limit or much_better)
        and likely >= max(LIKELY.get(best, FITS), least + BETTER_BY)
        and not (several and likely < max(fit.values()) + BETTER_BY)
    )
