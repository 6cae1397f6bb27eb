"""No fault: what looks like one and is none.

Another offer or its deadline stated as a fact asks for nothing (docs/rubric.md), and who tells of a
hardship recites no credential. The tagger has seen too few of either.
"""

from __future__ import annotations

import dataclasses
import re

from rehearse.scoring.clauses import Clause, Label
from rehearse.scoring.line_talk import is_line_talk

_OFFER = re.compile(
    r"\b(?:(?:another|(?:the|my|an|some) other|a second) "
    r"(?:(?:job )?offer|place|company|firm|school|employer|lot|people|job)|"
    r"(?:been|(?:has|have) also) offered|offered me|(?:have|had|got|['’]ve) (?:had )?an offer|"
    r"(?:want|need)s? (?:my answer|an answer|a yes|a no|me to (?:answer|decide)))\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\b(?:it(?:['’]s| is| was)? )?(?:only )?fair (?:to (?:tell|say|let)|you)(?: that)?"
    r"(?: you)?(?: knew| know| to know)?\b|\b(?:straight|open|honest|upfront) with you\b|"
    r"\bhear(?:ing)? it from (?:somebody|someone|anybody|anyone) else\b",
    re.IGNORECASE,
)
_FISHES = re.compile(
    r"\?|\b(?:you|your|yours|know|word|help|hold|close|tell|deci\w+|chances?|soon|wonder\w*|"
    r"hop(?:e|ing)|news|heard?|when|whether|where|still)\b",
    re.IGNORECASE,
)
_COURTESY_WORDS = 8
_HARDSHIP = re.compile(
    r"\bi (?:was|['’]?ve been) (?:never|no|not) (?:any |much )?good (?:at|with)\b|"
    r"\bi (?:wasn['’]?t|was never|never was) (?:any |no |much )?good (?:at|with)\b|"
    r"\bi(?:['’]ve| have| had)? (?:failed|flunked) (?:my|the|at|in|maths?|school|it)\b|"
    r"\b(?:got|was|been) (?:thrown|kicked) out\b|\b(?:got|was|been) (?:sacked|fired|laid off)\b|"
    r"\bmade redundant\b|\blost my job\b|\b(?:was|been) off (?:sick|with my)\b|"
    r"\b(?:been|was) (?:out of work|unemployed)\b|\bjob cent(?:re|er) (?:sent|made|told) me\b",
    re.IGNORECASE,
)


def without_faults(clause: Clause) -> Clause:
    """`clause` without a label that its words do not bear out."""
    wrong = set()
    if Label.STATUS in clause.labels and (is_line_talk(clause) or is_another_offer(clause)):
        wrong.add(Label.STATUS)
    if Label.PAST in clause.labels and is_hardship(clause):
        wrong.add(Label.PAST)
    return dataclasses.replace(clause, labels=clause.labels - wrong) if wrong else clause


def is_another_offer(clause: Clause) -> bool:
    """Whether the clause states that there is another offer, or that it is fair to say so, and
    asks for nothing."""
    rest, courtesies = _COURTESY.subn("", clause.text)
    if _FISHES.search(rest):
        return False
    alone = bool(courtesies) and len(rest.split()) <= _COURTESY_WORDS
    return alone or _OFFER.search(clause.text) is not None


def is_hardship(clause: Clause) -> bool:
    """Whether the clause tells of a failure, an illness or a job lost."""
    return _HARDSHIP.search(clause.text) is not None
