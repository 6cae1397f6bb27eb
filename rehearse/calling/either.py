"""Either: questions for one of two, and their answers."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rehearse.calling.acts import JUDGED, Act
from rehearse.calling.bank import Topic, lines_of_file
from rehearse.calling.forms import Form
from rehearse.calling.scenario import Moment
from rehearse.calling.understood import Understood
from rehearse.calling.wording import form_of, without_lead

_MOST_WORDS = 28
_LONGEST_OPTION_WORDS = 4
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?!or\b)", re.IGNORECASE)
_OR = re.compile(r"[,.?]?\s+or\s+", re.IGNORECASE)
_BEGINS_CLAUSE = (
    r"(am|is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|shall|must)\b"
)
_NO_CHOICE_AFTER = re.compile(
    r"(so|what|something|somebody|someone|some such|not|no|nah|never|anything|anyone|anybody"
    r"|whatever|thereabouts|other|else|less|later|even|maybe|am I|you wouldn't|is (that|this)"
    r"|was that|would that|wouldn't that|is it (too|not|a|just|only)|are you (too|busy|not))\b",
    re.IGNORECASE,
)
"""After "or", what leaves a question one for yes or no: "or so", "or is that too late"."""
_NO_CHOICE_BEFORE = re.compile(
    r"\bany\b|\b(a|an|one|another) (minute|moment|second|hour|day|week|month|year|word|line)$"
    r"|\b(one|once|sooner|more|yes|couple)$|\b(you|we|I) (think|say|like|want)$",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"\b(whether|wondering if|wondered if|know if|tell me if)\b", re.IGNORECASE)
_OPEN = re.compile(r"^(what|who|whose|which|where|when|how|why)\b", re.IGNORECASE)
_AFTER_OPEN = re.compile(
    r"\w \w+,? (is|are|was|were|do|does|did|have|has) (it|they|you|that|he|she|people)\b",
    re.IGNORECASE,
)
"""Offers two answers to an open question: "what do they quit over, is it money, or ..."."""
_MAY = re.compile(r"^(can|could|may|might) (I|we)\b|^(would|do) you mind\b", re.IGNORECASE)
_OWN_DOING = re.compile(
    r"\b((shall|should|can|could|may) I|me to|rather I|prefer (if )?I|better (if|that) I"
    r"|(shall|should) we)\b( [^ ,?]+){0,3} (call\w*|ring|rang|phon\w+|say|tell|sen[dt]|writ\w+"
    r"|wrote|e-?mail\w*|leave|left|crack on|go (on|ahead)|carry on|explain|wait|talk|speak"
    r"|spoke)\b",
    re.IGNORECASE,
)
_TIME_OR_PLACE = re.compile(
    r"\W+((these|most) days|at the moment|at present|right now|now|today|this (week|weekend|year"
    r"|month)|usually|mostly|mainly|normally|yet|then|out of interest|in general|these times"
    r"|by the way|over there|round there|please|there|here|love|mate|dear|pet)$",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"^(in|on|at|by|from|with|during|for|under|after|before|the|an?|your|more|mostly|mainly)$",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(r"^(more|mostly|mainly|rather|just|only|of|a bit)\s+", re.IGNORECASE)
_NOT_ECHOED = re.compile(
    r"\b(I|you|me|my|we|us|it|its|they|them|he|she|him|her|this|that|these|those|one|ones|is|are"
    r"|was|were|do|does|did|have|has|had|if|because|all|more|less|both|neither|other|somebody"
    r"|someone|else|too|to|of|and|or|not|n't|um+|uh+|er+)\b|[^\w' -]",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"^(?:is|are|was|were|is|it's) (?:it|they|that|things|(?:the|your) \w+) (\w+(?: \w+)?)$"
    r"|^(?:do|does|did) (?:you|they|people|(?:your|the|most) \w+) (?:(?:mostly|still|mainly"
    r"|usually) )?(?:\w+ )?(\w+)$"
    r"|, (\w+)$",
    re.IGNORECASE,
)
"""What the first of two is where the other is a single word: "is it oat milk" or soya."""
_BREAKS = re.compile(r"\s+(?=(in|on|at|by|from|with|for|under|you|they|we|I|the|that)\b)", re.I)
_OF_THE_TRADE = re.compile(
    r"(?:do|does|did|have|has|are) (?:you|they|people|it|(?:the|your|most) \w+) (?:\w+ly )?"
    r"(?!pay\b|offer|need|want|expect|start|work|looking|hiring)\w+",
    re.IGNORECASE,
)
"""Not about the terms of the job: "do you bake it the night before or on the day"."""
_OF_CONTRACT = re.compile(
    r"\b(permanent|temporary|contract|(full|part)[- ]time|wages?|salary|paid|hourly)\b",
    re.IGNORECASE,
)
_AGAINST_ME = re.compile(
    r"\bmy (age|gap|accent|english|back)\b|\bthe gap\b(?! between)|\bam I too \w+|\bagainst me\b"
    r"|\b(bother\w* you|your? doubts?|the doubt|worr\w+ you|put\w* you off|h[eo]ld\w* you back)\b"
    r".*\b(me|my|mine|I|I've|I'm)\b",
    re.IGNORECASE,
)
"""Asks which of two speaks against the caller."""
_TERMS = {
    Act.PAY: Moment.PAY,
    Act.HOURS: Moment.HOURS,
    Act.START_DATE: Moment.START_DATE,
}
_PERSON = {
    Act.LOCATION: Moment.LOCATION,
    Act.ABOUT_YOU: Moment.ABOUT_ME,
    Act.SMALL_TALK: Moment.SMALL_TALK,
}
_SHOP = (Act.ABOUT_BUSINESS, Act.ABOUT_JOB)
_STAY = (Act.GREETING, Act.THANKS, Act.ACKNOWLEDGE, Act.REASON)
_NOT_HERE = JUDGED | {Act.CHOICE, Act.REPEAT, Act.GOODBYE, Act.OTHER_OFFER}
_ANSWERED_BETTER = (Act.GOOD_TIME, Act.LINE_CHECK, Act.MISHAP, Act.NEXT_STEP, Act.STATUS, Act.WHO)
_KEPT = frozenset({"days_or_nights", "contract_kind", "nights_weekends", "from_home"})
"""Topics of the work whose lines answer such a question."""


@dataclass(frozen=True)
class Choice:
    """A question for one of two. `options`: both in the caller's words, as they can be said alone;
    None where they cannot be cut out. `own_doing`: it is about what the caller does next.
    `of_trade`: it is about what the employer or others do."""

    options: tuple[str, str] | None
    own_doing: bool = False
    of_trade: bool = False


@dataclass(frozen=True)
class OfTwo:
    """How the manager takes such a turn: as one that asks nothing else, with the topics whose lines
    answer it, and what fills their placeholders."""

    turn: Understood
    topics: Mapping[str, Topic]
    options: Mapping[str, str]


def choice_in(text: str, form: Form | None = None) -> Choice | None:
    """The question for one of two in `text`; None where there is none, as in "a minute or two".
    `form`: what kind of answer it was understood to want, if that is known."""
    for sentence in reversed(_SENTENCE_END.split(text.strip())):
        parts = _OR.split(sentence)
        if len(parts) < 2 or len(sentence.split()) > _MOST_WORDS:
            continue
        left, right = without_lead(" or ".join(parts[:-1])), parts[-1].rstrip(" .?!\"'")
        if _is_choice(left, right, sentence, form):
            own, of_trade = _OWN_DOING.search(left), _OF_THE_TRADE.match(left)
            return Choice(_cut(left, right), bool(own), bool(of_trade))
    return None


def _is_choice(left: str, right: str, sentence: str, understood: Form | None) -> bool:
    if not right or _NO_CHOICE_AFTER.match(right) or _NO_CHOICE_BEFORE.search(left):
        return False
    new_clause = bool(re.match(_BEGINS_CLAUSE, right, re.IGNORECASE))
    if understood is Form.EITHER or _WHETHER.search(left):
        return True
    if _OPEN.match(left):
        return bool(_AFTER_OPEN.search(left)) or form_of(sentence) is Form.EITHER
    if _MAY.match(left):
        return new_clause
    form = form_of(sentence)
    return form is Form.EITHER or (form is Form.WHETHER and new_clause)


def _cut(left: str, right: str) -> tuple[str, str] | None:
    """Both options, where they are alike in build or a single word each."""
    second = _bare(right)
    words = _bare(left).split()
    start = second.split()[0].lower() if second else ""
    if re.match(_BEGINS_CLAUSE, start) or not words:
        return None
    lower = [word.lower() for word in words]
    if _STARTS.match(start):
        same = [i for i, word in enumerate(lower) if word == start]
        like = same or [i for i, word in enumerate(lower) if word in ("in", "on", "at", "by")]
        if not like or (not same and start not in ("in", "on", "at", "by")):
            return None
        first = " ".join(words[like[-1] :])
        second = " ".join(_BREAKS.split(second)[:1]) if same and start in ("the", "a") else second
    else:
        second = _BREAKS.split(second)[0]
        count = len(second.split())
        if count > 1 and second.split()[-1].lower() == lower[-1]:
            first = " ".join(words[-count:])
        elif count == 1 and (alone := _ALONE.search(" ".join(words))):
            first = next(filter(None, alone.groups()))
        else:
            return None
    options = _HOW_MUCH.sub("", first), _HOW_MUCH.sub("", second)
    fit = all(
        option
        and len(option.split()) <= _LONGEST_OPTION_WORDS
        and len(option) > 2
        and not _NOT_ECHOED.search(option)
        for option in options
    )
    return options if fit and options[0].lower() != options[1].lower() else None


def _bare(text: str) -> str:
    """Without what only tells when or where at its end."""
    while (shorter := _TIME_OR_PLACE.sub("", text)) != text:
        text = shorter
    return text.strip(" ,.?!")


def of_two(turn: Understood, topics: Mapping[str, Topic]) -> OfTwo | None:
    """The turn where it asks for one of two; None where it does not, or the words of the turn point
    to a better answer. `topics`: those they point to."""
    choice = choice_in(turn.text, turn.form)
    if choice is None or turn.asked or turn.new_ways or set(turn.acts) & _NOT_HERE:
        return None
    if not (found := _answered_at(turn, choice, topics)):
        return None
    act, moment, lines = found
    stay = (x for x in turn.acts if x in _STAY)
    alone = replace(turn, acts=(*stay, act), substance=False)
    return OfTwo(alone, {moment: packaged_lines()[lines]}, _side(turn.text, choice))


def _side(text: str, choice: Choice) -> Mapping[str, str]:
    """The side that the manager takes: to the same words always the same."""
    if choice.options is None:
        return {}
    option = random.Random(text).choice(choice.options)
    return {"mid_taken": option, "taken": option[0].upper() + option[1:]}


def _answered_at(
    turn: Understood, choice: Choice, topics: Mapping[str, Topic]
) -> tuple[Act, Moment, str] | None:
    """As what the turn counts, the moment of the answer, and its lines in either.toml."""
    named = {moment: topic for moment, topic in topics.items() if not topic.fallback}
    terms = [act for act in turn.acts if act in _TERMS and not choice.of_trade]
    if choice.own_doing and not terms:
        return Act.GOOD_TIME, Moment.GOOD_TIME, "own_doing"
    if _AGAINST_ME.search(turn.text):
        return Act.ABOUT_BUSINESS, Moment.ABOUT_BUSINESS, "against_me"
    if turn.did(*_ANSWERED_BETTER):
        return None
    if terms:
        is_named = set(named) & {_TERMS[act] for act in terms}
        return None if is_named else (terms[0], _TERMS[terms[0]], "terms")
    side = "echoed" if choice.options else "side"
    of_shop = turn.did(*_SHOP)
    persons = (act for act in _PERSON if not (of_shop and act is Act.SMALL_TALK))
    if act := next((act for act in persons if turn.did(act)), None):
        better = _PERSON[act] in named or (act is Act.SMALL_TALK and not choice.options)
        return None if better else (act, _PERSON[act], side)
    if any(topic.name in _KEPT for topic in named.values()):
        return None
    if turn.acts == (Act.REASON,) and _OF_CONTRACT.search(turn.text):
        return Act.HOURS, Moment.HOURS, "terms"
    if (
        of_shop
        or (choice.of_trade and turn.did(*_TERMS))
        or turn.acts in ((Act.NOTHING,), (Act.REASON,))
    ):
        return Act.ABOUT_BUSINESS, Moment.ABOUT_BUSINESS, side
    return None


@functools.cache
def packaged_lines() -> Mapping[str, Topic]:
    """The lines that come with the program, by what they answer."""
    return lines_of_file("either.toml", fallback=False, form=Form.EITHER)
