"""Replies: what each act of a turn is answered with."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from rehearse.calling.acts import FACTS, SMALL, Act
from rehearse.calling.bank import Bank, Topic
from rehearse.calling.forms import Form
from rehearse.calling.scenario import Moment
from rehearse.calling.understood import Understood
from rehearse.calling.wording import without_lead

REPLIES: Mapping[Act, Moment] = {
    Act.GREETING: Moment.HELLO,
    Act.GOOD_TIME: Moment.GOOD_TIME,
    Act.WHO: Moment.MY_NAME,
    Act.LINE_CHECK: Moment.IM_HERE,
    Act.SMALL_TALK: Moment.SMALL_TALK,
    Act.ABOUT_YOU: Moment.ABOUT_ME,
    Act.THANKS: Moment.WELCOME,
    Act.MISHAP: Moment.NO_WORRIES,
    Act.PAY: Moment.PAY,
    Act.HOURS: Moment.HOURS,
    Act.START_DATE: Moment.START_DATE,
    Act.LOCATION: Moment.LOCATION,
    Act.NEXT_STEP: Moment.NEXT_STEP,
    Act.OTHER_OFFER: Moment.OTHER_OFFER,
    Act.ABOUT_BUSINESS: Moment.ABOUT_BUSINESS,
    Act.ABOUT_JOB: Moment.ABOUT_JOB,
    Act.CHOICE: Moment.CHOICE,
    Act.ASK_EXAMPLE: Moment.EXAMPLE,
}
"""What the manager says to an act, before the rule of the phase speaks."""
ABOUT = frozenset(
    {Moment.SMALL_TALK, Moment.ABOUT_ME, Moment.PAY, Moment.HOURS, Moment.LOCATION}
    | {Moment.START_DATE}
    | {Moment.NEXT_STEP, Moment.ABOUT_BUSINESS, Moment.ABOUT_JOB, Moment.EXAMPLE}
)
"""Moments that answer questions with neighbouring subjects: where a single clause seems to ask
for two of them, one was misheard."""
_TOLD_BESIDE = FACTS - {Act.WHO, Act.REPEAT}
"""What a statement only touches where it tells something else."""
_TERMS = frozenset({Act.NEXT_STEP, Act.HOURS, Act.LOCATION, Act.START_DATE})
_OF_OTHERS_WORK = (Act.ABOUT_BUSINESS, Act.ABOUT_JOB, Act.ABOUT_YOU, Act.NEXT_STEP)
_SHOP = frozenset({Act.ABOUT_BUSINESS, Act.ABOUT_JOB})
_OF_OTHERS = re.compile(
    r"^(do|does|did|are|is|have|has) (you|they|people|(the|your) (?!(hours?|shifts?|pay|jobs?|post"
    r"|position|contract|work|start|decision|interview)\b)\w+)\b",
    re.IGNORECASE,
)
_ONES_OWN = re.compile(r"\b(I|me|my|mine|myself|the (job|position|post))\b", re.IGNORECASE)
_OF_TERMS = re.compile(
    r"\b(hours?|o'?clock|am|pm|shifts?|starts?|starting|begins?|finish\w*|weeks?|weekly|monthly"
    r"|months?|contract|temp\w*|permanent|full[- ]time|part[- ]time|rota|pattern|office|remote"
    r"|home|site|floor|parking|bus|train|car|days?|nights?|mornings?|evenings?|weekends?|\w+days"
    r"|holidays?|pay|paid|salary|wages?|hourly|basic|commission|forms?|papers?|letter|email|phone|interview|decide\w*|know|hear)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\b(pay|paid|salary|wages?|money|bonus|earn|rate)\b", re.IGNORECASE)
_OF_MANAGER = re.compile(
    r"^\W*((and|so|just|please|then|well|oh|you|will you|would you|could you|can you)\W+)*"
    r"((tell|remind) (her|him|them)|let (her|him|them) know|(give|leave) (her|him) (a|my)"
    r"|put me through|(is|does|would|will) (she|he) (in|there|free|about|back|around|up|busy"
    r"|between|normally|ever)|is the (boss|manager) (in|there|free|about|back|around))\b"
    r"|\b(speak|talk) (to|with) (the boss|her|him)\b",
    re.IGNORECASE,
)
SOMEBODY_ELSE = "somebody_else"
"""The topic of callers who want another person."""
MOST_REPLIES = 3
"""Acts of one turn that are answered; somebody who asks more has to ask again."""


def replies(
    turn: Understood, named: Collection[str], *, is_first: bool, repeats: bool, ends: bool
) -> tuple[Moment, ...]:
    """What the acts of the turn are answered with, in their order. `named`: the moments for which
    it named a topic. `is_first`: the caller has not spoken before. `repeats`, `ends`: afterwards
    the manager says something again, or hangs up."""
    is_long = turn.substance or turn.answers
    found = []
    for act in turn.acts:
        if act not in REPLIES or (act is Act.GREETING and not is_first):
            continue
        if act in SMALL and (is_long or (len(turn.acts) == 1 and ends)):
            continue
        if act is Act.GREETING and turn.did(Act.GOOD_TIME, Act.WHO):
            continue
        if act is Act.GREETING and turn.did(Act.SMALL_TALK) and turn.asks:
            continue
        if act is Act.SMALL_TALK and is_first and turn.did(Act.GREETING) and turn.tells:
            continue  # "you were eating a pasty": the manager is to know who calls
        if act in (Act.LINE_CHECK, Act.MISHAP) and turn.did(Act.REPEAT):
            continue
        if act in (Act.MISHAP, Act.SMALL_TALK) and turn.did(Act.GOOD_TIME):
            continue
        if act is Act.START_DATE and turn.did(Act.OTHER_OFFER, Act.HOURS) and not turn.asks:
            continue
        if repeats and turn.is_one and REPLIES[act] in ABOUT:
            continue
        if REPLIES[act] in ABOUT and turn.did(Act.GOOD_TIME) and turn.asks_once:
            continue
        if act in (Act.THANKS, Act.SMALL_TALK, Act.MISHAP) and turn.closing:
            continue
        if act in FACTS and turn.closing and turn.form is None:
            continue  # "have a good shift"
        if act is Act.MISHAP and turn.new_ways:
            continue  # "let me try again": they have
        if act is Act.OTHER_OFFER and turn.did(Act.CHOICE):
            continue  # told only to say whom they would rather work for
        if act is Act.SMALL_TALK and turn.did(Act.CHOICE):
            continue  # told of the manager whom they want to work for
        if act is Act.THANKS and turn.did(Act.SMALL_TALK) and turn.tells:
            continue
        told = turn.did(Act.MISHAP, Act.SMALL_TALK, Act.RECITAL)
        if act in _TOLD_BESIDE and told and turn.tells:
            continue
        if act in _TOLD_BESIDE and turn.new_ways and turn.form is None:
            continue
        if turn.did(Act.WHO) and turn.form is Form.WHO and REPLIES[act] in ABOUT:
            continue  # "who am I talking to": it asks that, and nothing about the work
        if act is Act.WHO and turn.did(*_OF_OTHERS_WORK) and turn.form is not Form.WHO:
            continue  # "is it you does the rota, or the head nurse"
        if act is Act.WHO and turn.asked and turn.asks_once:
            continue  # "What are you looking for?"
        if act is Act.PAY and turn.asked and not _MONEY.search(turn.text):
            continue  # what the job is worth to the business
        if act is Act.MISHAP and turn.did(Act.REASON) and turn.is_one:
            continue
        if turn.asked and (act in _SHOP or (REPLIES[act] in ABOUT and turn.asks_once)):
            continue  # the critical question itself
        found.append(REPLIES[act])
    found = list(dict.fromkeys(found))
    if turn.asks_once:
        found = without_doubt(found, named)
    elif any(moment in named for moment in found):
        found = [x for x in found if x in named or x not in (REPLIES[act] for act in _SHOP)]
    return tuple(found)[:MOST_REPLIES]


def asks_for(manager: str, turn: Understood) -> Understood:
    """A caller who says nothing but the manager's name, as a question, asks who is speaking; "Do
    you bake at night or in the morning?" asks for nobody's own hours."""
    if turn.form is Form.EITHER and not _ONES_OWN.search(turn.text):
        of_others = _OF_OTHERS.match(without_lead(turn.text)) or not _OF_TERMS.search(turn.text)
        if turn.did(*_TERMS) and (of_others or turn.did(*_SHOP)):
            acts = [Act.ABOUT_BUSINESS if act in _TERMS else act for act in turn.acts]
            return replace(turn, acts=tuple(dict.fromkeys(acts)))
    said = re.findall(r"\w+", turn.text.lower())
    names = {*re.findall(r"\w+", manager.lower()), "mr", "mrs", "ms", "hello", "hi"}
    if turn.asks and said and set(said) <= names and not turn.did(Act.GREETING, Act.LINE_CHECK):
        return replace(turn, acts=(Act.WHO,))
    return turn


def speaks_of_manager(turn: Understood) -> bool:
    """Whether the manager is spoken of as somebody else, as to an assistant."""
    tells_more = turn.asked or turn.new_ways or turn.substance or turn.closing or turn.answers
    return not tells_more and bool(_OF_MANAGER.search(turn.text))


def topics_of(
    turn: Understood, bank: Bank, manager: str, odds: Mapping[str, float] | None = None
) -> Mapping[str, Topic]:
    """For each moment of the turn's replies the topic that its words point to, and the `odds` that
    its lines answer it. Whoever names the manager asks for nobody else."""
    moments = [REPLIES[act] for act in turn.acts if act in REPLIES]
    sought = dict.fromkeys([*moments, Moment.GO_AHEAD])
    found = bank.topics_in(turn.text, turn.form, sought, odds)
    name = "|".join(map(re.escape, manager.split()))
    if re.search(rf"\b({name})\b", turn.text, re.IGNORECASE):
        return {moment: topic for moment, topic in found.items() if topic.name != SOMEBODY_ELSE}
    return found


def without_doubt(found: Sequence[Moment], topics: Collection[str]) -> list[Moment]:
    """Of two neighbouring subjects in a single clause the one whose topic was named, if one was;
    an example or small talk only where nothing else is asked."""
    about = [moment for moment in found if moment in ABOUT]
    plain = [x for x in about if x not in (Moment.EXAMPLE, Moment.SMALL_TALK)] or about
    kept = ([moment for moment in plain if moment in topics] or plain)[:1]
    return [moment for moment in found if moment not in about or moment in kept]
