"""Understood: what the manager understood of a turn.

The tagger is the judge of the critical question and the ways, so that the manager answers what the
scorecard credits. Everything else is recognised by its wording and by the manager's line before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rehearse.calling.acts import ANSWERS, JUDGED, SMALL, Act, ActClassifier
from rehearse.calling.forms import Form
from rehearse.calling.matters import MatterFinder, Near
from rehearse.calling.reply_kinds import ANSWERING, ReplyKind
from rehearse.calling.sentences import sentences_of
from rehearse.calling.turn_acts import JOINED, NAMED, is_question, turn_acts
from rehearse.calling.turn_question import LONG_WORDS, TurnQuestion, turn_question
from rehearse.calling.wording import asks_plainly, tells
from rehearse.scoring.clauses import Clause, Label
from rehearse.transcript import Speaker, Utterance

_PIECES = re.compile(r"[,;:]\s+")
_FEWEST_NEAR = 3
"""A piece of a sentence shorter than this tells nothing by itself."""
_REASONED = re.compile(r",? (?:because|'cause|cos|coz)\b", re.IGNORECASE)
"""Begins why a question is asked, which is left out."""
_ONE_QUESTION_WORDS = 25
_SHORT_TURN_WORDS = 14
"""A turn up to this long may be a hello or a goodbye and no more."""

SUBSTANCE = frozenset(
    {Act.CRITICAL_QUESTION, Act.WAYS, Act.VAGUE, Act.RECITAL, Act.STATUS, Act.CHOICE}
)
"""Acts that the rubric knows."""
_REASON = re.compile(
    r"\b(about|regarding|concerning|interview\w*|position|job|role|opening|offered|calling (to"
    r"|because|as)|follow\w*|met|speak (to|with)|talk (to|with)|question)\b",
    re.IGNORECASE,
)
_GREETS = re.compile(
    r"\b(hi|hello|hallo|hey|hiya|howdy|good (morning|afternoon|evening|day)|morning|there|sir|madam"
    r"|ma'am|miss|yes|yeah|um+|uh+|oh|and|to you)\b",
    re.IGNORECASE,
)
_AND_ASKS = re.compile(
    r"\band (also )?(what|how|when|where|who|which|why|is|are|do|does|can|could|would|will)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Understood:
    """One turn of the candidate's.

    `spoke` is False when no words were recognised; `voiced` then tells a voice too faint or
    unclear from silence. `at_s` is call time at the end of the turn, in seconds, `cut_off`
    whether the turn was ended for them.
    """

    spoke: bool
    voiced: bool = True
    at_s: float = 0.0
    cut_off: bool = False
    interrupted: bool = False
    """Began while the manager spoke, who stopped; what was still to come was not heard."""

    acts: tuple[Act, ...] = ()
    """In the order in which they came."""
    asked: bool = False
    """The critical question, as the scorecard credits it."""
    new_ways: tuple[str, ...] = ()
    """The words of each way that came up in this turn for the first time."""
    substance: bool = False
    """Did anything at all that the rubric knows."""
    words: int = 0
    offers: tuple[str, ...] = ()
    """The sentences, which may be quoted where no way was credited."""
    form: Form | None = None
    """What kind of answer it wants, with or without a question mark; None if nothing is asked."""
    asks: bool = False
    """Ended in a question mark."""
    named: bool = False
    """Said who is calling."""
    reason: bool = False
    """Said why they are calling."""
    near: tuple[Near, ...] = ()
    """Matters and topics that its last question, else all of it, may be about, the likeliest
    first."""
    near_parts: tuple[tuple[Near, ...], ...] = ()
    """The same for all of it, its sentences and their pieces."""
    kinds: Mapping[ReplyKind, float] = field(default_factory=dict)
    """With what probability a reply of each kind fits; empty for a long turn."""

    def did(self, *acts: Act) -> bool:
        """Whether one of these acts is in the turn."""
        return any(act in self.acts for act in acts)

    @property
    def closing(self) -> bool:
        """Says goodbye, and does not ask in the same breath whether to call another time."""
        return Act.GOODBYE in self.acts and Act.GOOD_TIME not in self.acts

    @property
    def text(self) -> str:
        return " ".join(self.offers)

    @property
    def tells(self) -> bool:
        """Is a plain statement: asks for nothing, not even by a wish."""
        return tells(self.text, self.form)

    @property
    def is_one(self) -> bool:
        """A single clause, which seldom does two things."""
        return not JOINED.search(self.text)

    @property
    def asks_once(self) -> bool:
        """At most one question, so that the critical one is no other as well."""
        is_short = self.words <= _ONE_QUESTION_WORDS and not _AND_ASKS.search(self.text)
        return self.is_one or (is_short and self.text.count("?") <= 1)

    @property
    def only_hello(self) -> bool:
        """A greeting, a yes or a reason to call, and no more."""
        return set(self.acts) <= {*SMALL, Act.REASON} and self.words <= _SHORT_TURN_WORDS

    @property
    def only_opens(self) -> bool:
        """Says who they are, perhaps with an aside: "you were eating a pasty"."""
        told = {Act.SMALL_TALK} if self.tells else set()
        return self.did(Act.GREETING) and set(self.acts) <= {*SMALL, Act.REASON, *told}

    @property
    def answers(self) -> bool:
        """Answered a question or a doubt of the manager's."""
        return self.did(*ANSWERS)


def _tells_more_than_hello(text: str) -> bool:
    """Whether words are left beside hello and questions: "Hi, is Lena there?" names nobody."""
    parts = (_GREETS.sub("", part) for part in re.split(r"(?<=[.?!;,])\s+", text))
    return any(
        re.search(r"\w", part) and not is_question(part) and not asks_plainly(part)
        for part in parts
    )


def understood(
    utterances: Sequence[Utterance],
    clauses: Sequence[Clause],
    classifier: ActClassifier,
    finder: MatterFinder | None = None,
) -> Understood:
    """What the last utterance of the candidate did; `clauses` are the candidate's of all. `finder`:
    finds what it may be about, None to leave that out."""
    index = max(i for i, u in enumerate(utterances) if u.speaker is Speaker.CANDIDATE)
    last = utterances[index]
    line = ""
    if index and utterances[index - 1].speaker is Speaker.MANAGER:
        before_it = utterances[index - 1]
        line = before_it.scripted[-1] if before_it.scripted else before_it.text
    before, clauses = _split(clauses, len(last.words))
    labels = frozenset().union(*(clause.labels for clause in clauses))
    known_ways = {clause.way for clause in before}
    new_ways: dict[int, str] = {}
    for clause in clauses:
        if clause.way is not None and clause.way not in known_ways:
            new_ways.setdefault(clause.way, clause.text)
    sentences = sentences_of(clauses)
    question = turn_question(sentences, classifier, line)
    acts = turn_acts(sentences, question, classifier, line, first=not before)
    text = " ".join(text for text, _ in sentences)
    kinds = _kinds(text, question, classifier, line) if len(last.words) <= LONG_WORDS else {}
    near: tuple[Near, ...] = ()
    near_parts: tuple[tuple[Near, ...], ...] = ()
    if finder is not None and len(last.words) <= LONG_WORDS and not set(acts) & JUDGED:
        pieces = (piece for text, _ in sentences for piece in _PIECES.split(text))
        whole = [piece for piece in pieces if len(piece.split()) >= _FEWEST_NEAR]
        parts = {last.text, *(text for text, _ in sentences), *whole} - {question.text}
        near, *others = finder.near([question.text, *sorted(parts)])
        near_parts = tuple(others)
    return Understood(
        spoke=True,
        acts=acts,
        asked=Label.ASK in labels,
        new_ways=tuple(new_ways.values()),
        substance=bool(set(acts) & SUBSTANCE),
        words=len(last.words),
        offers=tuple(text for text, _ in sentences),
        form=question.form,
        asks=last.text.rstrip(" \"'").endswith("?"),
        named=bool(NAMED.search(last.text))
        or (Act.GREETING in acts and _tells_more_than_hello(last.text)),
        reason=bool(set(acts) & {*SUBSTANCE, Act.REASON})
        or (bool(_REASON.search(last.text)) and not is_question(last.text)),
        near=near,
        near_parts=near_parts,
        kinds=kinds,
    )


def _kinds(
    text: str, question: TurnQuestion, classifier: ActClassifier, line: str
) -> Mapping[ReplyKind, float]:
    """Kinds of reply to the whole turn; what answers may fit its last question alone: "My finger is
    dry, so is it a touch screen?"."""
    whole = classifier.kinds(text, line)
    alone = _REASONED.split(question.text)[0]
    if question.form is None or alone == text or len(alone.split()) < _FEWEST_NEAR:
        return whole
    asked = classifier.kinds(alone, line)
    return {kind: max(p, asked[kind]) if kind in ANSWERING else p for kind, p in whole.items()}


def _split(clauses: Sequence[Clause], words: int) -> tuple[Sequence[Clause], Sequence[Clause]]:
    """The clauses before the last `words` words, and those of them."""
    start = len(clauses)
    while start > 0 and words > 0:
        start -= 1
        words -= len(clauses[start].words)
    return clauses[:start], clauses[start:]
