"""Not a way: what cannot be a way or question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rehearse.preparing.statement import is_past, is_statement


@dataclass(frozen=True)
class Declined:
    """Why some words are kept as a draft and not as a way. `rule` names it for programs."""

    rule: str
    text: str


@dataclass(frozen=True)
class _Rule:
    rule: str
    pattern: re.Pattern[str]
    text: str


_UNKNOWN = (
    r"(i )?((honestly|really|just) )?(do not|don['’]?t) (really )?"
    r"(know|remember)( yet| that| what to say| either)?",
    r"(i )?((honestly|really|just) )?(do not|don['’]?t) have (an? |any )?(idea|clue|answer)",
    r"((i have|i['’]ve( got)?) )?(absolutely )?no (idea|clue|answer)( yet| sorry)?",
    r"(i )?(can['’]?t|can ?not|couldn['’]?t) (say|tell|think of (one|any|anything|something))",
    r"(i )?(have to|need to|must|['’]d have to) think( about (it|that))?",
    r"(i am |i['’]m )?not (really|sure|applicable)( yet)?",
    r"(i )?(dunno|du ?no)|idk|tbd|todo|n/?a|none|who knows|beats me|hard to say|skip( it| this)?",
    r"(to|will) be (decided|added)",
)
_NO = (
    r"n",
    r"(nah|no|nope|god no|hell no)\b(,? (thanks|thank you|mate|sorry|way|chance|not that|never))*",
    r"(what |that['’]s |that is )?(total |complete )?(rubbish|nonsense|wrong|silly|stupid|awful)",
    r"never (say|put) (that|this|it)",
    r"(i )?((would|could) never|wouldn['’]?t( ever)?|would not) (say|put) (that|this|it)"
    r"( like (that|this)| that way| so)?",
    r"(i )?(would not|wouldn['’]?t|(would )?rather not)( (do|say|want|use) (that|this|it))?",
    r"(i )?(do not|don['’]?t) (like|want|mean) (that|this|it)( one)?",
    r"(please )?(drop|delete|remove|forget|skip|leave) (that|this|it)( out| away)?( one)?",
    r"not (that|this|it|so|mine|for me|(that|this) one|like (that|this))",
    r"(that|this|it)( is not|['’]s not| isn['’]?t) (it|me|mine|right|true|good|a (good )?way|"
    r"what i (mean|meant|want|would (do|say)))",
)
_YES = (
    r"y|yes|yep|yeah|yup|ok|okay|sure|agreed|please",
    r"(take|keep|use) (that|it)( one)?",
    r"that( is|['’]s) (it|right|fine|good)",
)
_DONT_KNOW = (
    *_UNKNOWN,
    *_NO,
    r"nothing( much| special| really)*|later|pass|help|hmm+|u[hm]+|no comment",
    r"next( question| one)?",
    r"anything|something|whatever|everything|you name it",
)
_ONLY_EFFORT = (
    r"(just |always |simply )?(work|try)(ing)?( very| really| extremely)? hard(er)?",
    r"(do |give |try )?my( very)? best",
    r"(be |i am |i['’]m )?(an? )?(very |really )?(good|great|hard[- ]working|loyal|reliable|nice|"
    r"friendly|kind|honest|careful|polite|helpful|positive|organi[sz]ed|motivated|punctual|"
    r"flexible|dedicated|passionate)( worker| employee| colleague| person)?",
    r"(be |i am |i['’]m )?(an? )?(hard worker|(good |real )?team ?player|fast learner|"
    r"quick learner|asset)",
    r"team ?work|hard work",
    r"add (a lot of |real |great |more )?value",
    r"make a difference|go the extra mile",
    r"((bring|give)( you)?( my| a lot of| lots of)? )?(energy|passion|motivation|enthusiasm|"
    r"commitment|loyalty|dedication|100 ?%|(one|a) hundred percent)",
    r"help( you| out| the team| the company)?",
)
_FOR_WHOM = r"( (for|with|to) (you|the company|the team|them))?( every day)?"


def _only(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Matches a text that is one of these phrases and nothing else."""
    would = r"((i would|i['’]d|i['’]ll|i will|i could) )?"
    phrase = rf"{would}({'|'.join(phrases)}){_FOR_WHOM}"
    return re.compile(rf"^\W*{phrase}([,.;!? -]+{phrase})*\W*$", re.IGNORECASE)


_ONLY_GAIN = Declined(
    "only_outcome",
    "That is what they would gain. What would you do so that it happens? Start with a verb: "
    '"I would sort / call / check / build ...".',
)
_SAYS_UNKNOWN = _only(_UNKNOWN)
_SAYS_YES = _only(_YES)
_RULES = (
    _Rule(
        "no_words",
        re.compile(r"^[\W_\d]*$"),
        "No words yet. The five questions can find some: answer any one of them.",
    ),
    _Rule(
        "dont_know",
        _only(_DONT_KNOW),
        "Nobody knows this at once. Start smaller: what goes wrong, runs late or costs too much "
        "there?",
    ),
    _Rule(
        "only_yes",
        _SAYS_YES,
        "That is a yes, and not a way yet. Say one thing you would do for them.",
    ),
    _Rule(
        "only_a_try",
        re.compile(r"^\W*(([a-z])\2{2,}|asdf\w*|qwert\w*|test|bla(h)?( bla(h)?)*)\W*$", re.I),
        "That looks like a try. Say one thing you would do for them.",
    ),
    _Rule(
        _ONLY_GAIN.rule,
        re.compile(
            r"^\W*(no more|(much |far |a lot |even )?(fewer|less|more|better|faster|quicker|"
            r"shorter|happier|higher|lower|cheaper|safer)|improved|reduced|increased)\b"
            r"(?!.*\b(i would|i will|i could|i['’](d|ll)|by|because|with)\b)",
            re.IGNORECASE,
        ),
        _ONLY_GAIN.text,
    ),
    _Rule(
        "only_effort",
        _only(_ONLY_EFFORT),
        "They expect that of everybody. What would you do, and which of their costs, delays or "
        "customers would notice?",
    ),
)


_OFFERS = r"(?:i|we)(?: (?:would|could|will)|['’](?:d|ll))"
_ONLY_RESULT = re.compile(
    rf"^\W*(?:{_OFFERS}\W+)?(?:so that|in order (?:to|that)|which|"
    r"so (?:the|your|their|our|no|every|each|you|they|it|fewer|more|less|nobody))\b"
    rf"(?!.*\b{_OFFERS}\b)",
    re.I,
)
"""Half a sentence: what a way is good for, without the way."""
_ONLY_REASON = re.compile(rf"^\W*because\b(?!.*\b{_OFFERS}\b)", re.I)
_ONLY_PAST = Declined(
    "only_past",
    'That was done elsewhere. Would you do it there, too? Then start with "I would ...".',
)
_ONLY_STATES = Declined(
    "only_states",
    "That is how it is there: a good start. What would you do about it? Start with a verb: "
    '"I would sort / call / check / build ...".',
)


NO_DOING = Declined(
    "no_doing",
    "That tells them something, but not what you would do. What would you do there yourself? Start "
    'with a verb: "I would sort / call / check / build ...".',
)
"""For words in which the scorer finds nothing that the person would do."""


def declined(text: str) -> Declined | None:
    """Why `text` cannot be a way, in one kind sentence; None if it can. "" is declined too."""
    one_line = " ".join(text.split())
    for rule in _RULES:
        if rule.pattern.match(one_line):
            return Declined(rule.rule, rule.text)
    if _ONLY_RESULT.match(one_line):
        return _ONLY_GAIN
    if _ONLY_REASON.match(one_line):
        return _ONLY_STATES
    if is_past(one_line):
        return _ONLY_PAST
    return _ONLY_STATES if is_statement(one_line) else None


_LEAST_DIGITS = 2
"""An extension has two."""
_MOST_WORDS = 6
"""Beside a number: "front desk, ask for Dana, ext. 12"."""
_NO_ANSWER = ("no_words", "dont_know", "only_yes", "only_a_try")


def is_unknown(text: str) -> bool:
    """Whether a name, a number or the like is not known: "I don't know", "n/a", "?"."""
    return not re.search(r"\w", text) or _SAYS_UNKNOWN.match(" ".join(text.split())) is not None


def is_yes(text: str) -> bool:
    """Whether `text` only agrees: "yes", "ok", "take it"."""
    return _SAYS_YES.match(" ".join(text.split())) is not None


def is_no_answer(text: str) -> bool:
    """Whether `text` only says that the person has no answer, or declines: "dunno", "skip", "?",
    "xxx", "no thanks", "not that one"."""
    found = declined(text)
    return found is not None and found.rule in _NO_ANSWER


def declined_question(text: str) -> Declined | None:
    """Why `text` cannot be a question to ask aloud; None if it can."""
    found = declined(text)
    if found is None or found.rule not in _NO_ANSWER:
        return None
    return Declined(
        found.rule,
        "That cannot be asked aloud yet. The usual question is a good start: how do you expect "
        "this job to contribute to the business?",
    )


def declined_phone(text: str) -> Declined | None:
    """Why `text` cannot be a number to dial, such as a name; None if it can."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    if len(re.findall(r"\d", text)) >= _LEAST_DIGITS and len(words) <= _MOST_WORDS:
        return None
    return Declined(
        "no_digits",
        "A number has digits, so this stays open. Their switchboard or website has it.",
    )
