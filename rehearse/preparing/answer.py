"""Answer: what somebody typed, without the frame around it.

"Well, I think they complained that the food is cold." says "the food is cold"; "I would ring
them so that they buy again." offers something, and says what it gains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rehearse.preparing.not_a_way import is_no_answer

_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)\s*[.,;:!?]*[.!?;]\s+")
_MARKS = re.compile(r"\s*([,;:.!?…])(?:\s*[,;:.!?…])*")
_DOUBLED = re.compile(r"\b(\w+(?:['’]\w+)?(?: \w+){0,2})(?: \1\b)+", re.I)
_WHO = (
    r"(?:they|people|every(?:body|one)|he|she|(?:a |the |our |my |some |most |many )?"
    r"(?:customers?|colleagues?|clients?|guests?|patients?|users?|staff|team|boss|manager)"
    r"(?: (?:and|or) (?:a )?(?:customers?|colleagues?|clients?|guests?))?)"
)
_OFTEN = r"(?: (?:always|often|also|still|mostly|usually|had|have|has|would|keep|kept))*"
_FRAMES = tuple(
    re.compile(rf"^(?:{frame})(?=\S)", re.I)
    for frame in (
        r"(?:well|um+|uh+|hm+|ok|okay|so|yes|yeah|no|oh|honestly|actually|basically|then)[,:.] *",
        r"(?:and|but|because|maybe|perhaps|probably|mainly|mostly|also) +",
        r"(?:i|we) (?:think|guess|believe|suppose|noticed?|heard|know)(?: that)? +",
        r"it(?:['’]s| is) (?:that|because) +",
        r"the (?:main |biggest |real )?(?:problem|trouble|issue|thing)(?: there)? (?:is|was)"
        r"(?: that)? +",
        r"what (?:goes wrong|runs late|costs too much)(?: there)? (?:is|are)(?: that)? +",
        rf"{_WHO}{_OFTEN} (?:complain(?:ed|s|ing)?|mention(?:ed|s)?|moan(?:ed|s)?)"
        r"(?: to me)?(?: twice)?(?: (?:about|that|of))? +",
        rf"{_WHO}{_OFTEN} (?:said|say|says|told me|tell me) (?:that )?",
        rf"{_WHO}{_OFTEN} ask(?:ed|s|ing)?(?: me)?(?: twice| again)?(?: about| for)? +",
        rf"{_WHO}(?:['’]d|['’]ll)?(?: would| will| might| could)? notic(?:es?|ed)(?: that)? +",
        rf"{_WHO}(?:['’]d|['’]ll)?(?: would| will| might| could)? (?:see|feel|find|say|realise)"
        r"s? that +",
        r"(?:in order )?that +",
        r"so(?: that)? +",
    )
)
_OFFER = re.compile(
    r"^(?:(?:i|we) (?:would|could|should|want to|would like to)|i (?:will|can)|"
    r"(?:i|we)['’]d(?: like to)?|i['’]ll|let me|let us|let['’]s|would|could)"
    r"(?: (?:also|always|just|probably|simply|then|still))*"
    r" (?!not\b|never\b|only\b|hardly\b|be (?:glad|happy)\b)",
    re.I,
)
_GAIN = re.compile(
    r"[,;]? (?:so that|in order that|so (?=(?:the|your|their|our|no|every|each|new|we|you|they|it|"
    r"fewer|more|less|nobody)\b)) ?",
    re.I,
)
_SO_THAT = re.compile(r"\bso that\b", re.I)
_NAMES = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "christmas", "easter",
})  # fmt: skip


_QUESTION = re.compile(
    r"(?:why|how|when|where|what|who|which|whose|do|does|did|is|are|can|could|will|would|have|has|"
    r"should)\b.*\?$",
    re.I,
)
_I_OFFER = re.compile(r"(?:i|let me)\b", re.I)
_LEADS_TO = re.compile(r"(?:so|in order) that\b|so (?=(?:they|the|that|no|we|it)\b)", re.I)
_ONLY_FRAME = re.compile(r"(?:(?:so|that|and|but|because|in order)\b\s*)+", re.I)
_LEFT_OVER = re.compile(r"(?:[\s,;:]+(?:so that|so|and|but|because))+$", re.I)


@dataclass(frozen=True)
class Answer:
    """`said`: the words, without what the person offers in them. `offers`: what they would do;
    `deeds`: what they did. `gains`: what that brings. `asked`: the answer, if it is a question."""

    said: str = ""
    offers: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    gains: tuple[str, ...] = ()
    asked: str = ""


def read_answer(typed: str, *, is_deed: bool = False, only_i: bool = False) -> Answer:
    """What was typed. `is_deed`: the question asks for what somebody did, so all else is a deed.
    `only_i`: "we would" offers nothing there, it says what gets better."""
    text = " ".join(typed.split()).strip("\"“”' ")
    if is_no_answer(text):
        return Answer()
    if text.isupper() and len(text.split()) > 1:
        text = text.lower()
    if _QUESTION.match(text) and not is_deed:
        return Answer(asked=_SO_THAT.sub("so", tidied(text)))
    said: list[str] = []
    offers: list[str] = []
    deeds: list[str] = []
    gains: list[str] = []
    for sentence in map(tidied, _SENTENCE_END.split(text)):
        bare = without_frame(sentence)
        if not bare or is_no_answer(bare):
            continue
        offer = _offered(bare, only_i=only_i)
        head, *more = map(tidied, _GAIN.split(offer))
        rest = [gain for one in more if (gain := without_frame(one))]
        if _LEADS_TO.match(sentence) and offer == bare and (is_deed or offers):
            gains += [head, *rest]
        elif is_deed or offer != bare:
            (offers if offer != bare else deeds).append(head)
            gains += rest
        elif only_i:
            said.append(head)
            gains += rest
        else:
            said.append(_SO_THAT.sub("so", bare))
    told = ", and ".join([*said[:1], *map(lowered, said[1:])])
    offered, done, gained = (tuple(filter(None, found)) for found in (offers, deeds, gains))
    return Answer(told, offered, done, gained)


def tidied(text: str) -> str:
    """One space, one mark and one word where several were typed; none of them left at the end."""
    text = _MARKS.sub(r"\1", text).strip(" .,;:!?…-")
    text = re.sub(r"\bi(?=['’ ]|$)", "I", text)
    text = _DOUBLED.sub(r"\1", text)
    return _LEFT_OVER.sub("", text)


def _offered(text: str, *, only_i: bool) -> str:
    """What follows "I would"; `text` itself if it offers nothing."""
    while (offer := _OFFER.match(text)) and not (only_i and not _I_OFFER.match(text)):
        text = without_frame(text[offer.end() :])
    return text


def without_frame(text: str) -> str:
    """The words behind "I think", "They complained that", "so that" and the like."""
    before = None
    while before != text:
        before = text
        for frame in _FRAMES:
            text = frame.sub("", text)
    return "" if _ONLY_FRAME.fullmatch(text) else text


def lowered(text: str) -> str:
    """The first letter in lower case, unless the word is a name like SAP or Monday, or I."""
    first = re.split(r"\W", text, maxsplit=1)[0]
    is_name = (len(text) > 1 and text[1].isupper()) or first == "I" or first.lower() in _NAMES
    return text if is_name or not text else text[0].lower() + text[1:]
