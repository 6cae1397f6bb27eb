"""TurnQuestion: what a turn asks, and how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.calling.acts import ActClassifier
from rehearse.calling.forms import Form
from rehearse.calling.sentences import Sentence
from rehearse.calling.wording import without_lead

LONG_WORDS = 40
"""A turn longer than this is a pitch: what has no question mark asks only at its end."""
_SHORT_WORDS = 4
_POINTS_BACK = re.compile(
    r"\b(it|that|this|they|them|he|she|those)\b|^(why|how (much|many|come|so)|when|where)\W*$",
    re.IGNORECASE,
)
"""A question this short that has one of these means nothing without the sentence before it."""
_EITHER_WAY = re.compile(r"\bwhether\b[^?]* or (no|not|naw|nae)\W*$", re.IGNORECASE)
"""Tells that it makes no difference: "I'm up at four whether I want it or no"."""
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True)
class TurnQuestion:
    """`form`: what kind of answer the last question of a turn wants, None where nothing is asked.
    `text`: that question, with what it points back to; all of a turn that asks nothing."""

    form: Form | None
    text: str


def turn_question(
    sentences: Sequence[Sentence], classifier: ActClassifier, line: str
) -> TurnQuestion:
    """`line`: what the manager said before the turn, "" for nothing."""
    text = " ".join(text for text, _ in sentences)
    if len(text.split()) > LONG_WORDS:
        ends = [one for one, _ in sentences[:-1] if one.endswith("?")]
        ends += [one for one, _ in sentences[-1:]]
        asked = [form for form in classifier.forms(ends) if form is not None]
        return TurnQuestion(asked[-1] if asked else None, text)
    (form,) = classifier.forms([text], line)
    if form is Form.EITHER and _EITHER_WAY.search(text):
        form = None
    return TurnQuestion(form, text if form is None else _last_question(text, classifier))


def _last_question(text: str, classifier: ActClassifier) -> str:
    sentences = _SENTENCE_END.split(text.strip())
    forms = classifier.forms(sentences) if len(sentences) > 1 else [Form.WHAT]
    for index in range(len(sentences) - 1, -1, -1):
        if forms[index] is None:
            continue
        question = without_lead(sentences[index])
        short = len(question.split()) <= _SHORT_WORDS
        if short and index and _POINTS_BACK.search(question):
            return f"{sentences[index - 1]} {question}"
        return question
    return text.strip()
