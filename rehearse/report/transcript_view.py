"""Transcript view: turns, clauses and evidence on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rehearse.keeping.corrections import changes
from rehearse.report.wording import MARKED_AS, NO_WORD, NOTHING_TYPED, clock, speaker_name
from rehearse.scoring.clauses import Clause, Letter
from rehearse.scoring.recognition import doubtful
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import LABEL_OF, Scorecard
from rehearse.transcript import Speaker, Transcript, Utterance, Word

ABOUT = {Letter.A: "them", Letter.B: "you", Letter.NEITHER: ""}


@dataclass(frozen=True)
class WordView:
    """`recognised`: what stood here before the person corrected it, None where nothing was
    changed."""

    text: str
    start_s: float | None
    end_s: float | None
    unsure: bool
    recognised: str | None

    @property
    def bare(self) -> bool:
        """Whether nothing is marked, so that the page needs no element for it."""
        return not self.unsure and self.recognised is None and len(self.text.split()) == 1


@dataclass(frozen=True)
class ClauseView:
    """`criteria` are keys, `tags` their words; `about` is "them", "you" or "" for neither."""

    words: tuple[WordView, ...]
    about: str
    criteria: tuple[str, ...]
    tags: tuple[str, ...]
    start_s: float | None
    end_s: float | None

    @property
    def times(self) -> str:
        """For each word, the pause before it and its length in hundredths of a second, "12+40".

        The first pause counts from the start of the call. "-" for a word without times, and "" for
        a clause that has none.
        """
        found = []
        before = 0
        for word in self.words:
            if word.start_s is None or word.end_s is None:
                found.append("-")
                continue
            start, end = round(100 * word.start_s), round(100 * word.end_s)
            found.append(f"{start - before}+{end - start}")
            before = end
        return " ".join(found) if any(one != "-" for one in found) else ""


@dataclass(frozen=True)
class TurnView:
    index: int
    speaker: str
    who: str
    clock: str
    start_s: float | None
    end_s: float | None
    clauses: tuple[ClauseView, ...]
    text: str
    no_word: str
    """What to show if no word was recognised; "" if there are words."""
    corrected: bool
    recognised: str


@dataclass(frozen=True)
class SharePart:
    """One clause on the bar; its position in percent of the candidate's words."""

    about: str
    x: float
    width: float


@dataclass(frozen=True)
class ShareView:
    """The share of words about the employer's work and about the candidate, in percent."""

    them: int
    you: int
    parts: tuple[SharePart, ...]


def criteria_of(clause: Clause, scorecard: Scorecard) -> tuple[Criterion, ...]:
    """The criteria that `clause` is evidence for."""
    return tuple(
        criterion
        for criterion, label in LABEL_OF.items()
        if label in clause.labels and scorecard.finding(criterion).met
    )


def turn_views(
    transcript: Transcript,
    recognised: Transcript | None,
    scorecard: Scorecard,
    manager: str,
    *,
    typed: bool = False,
) -> Iterator[TurnView]:
    """The turns in order, cut into clauses as the scorecard did."""
    rest = list(scorecard.clauses)
    no_word = NOTHING_TYPED if typed else NO_WORD
    for index, utterance in enumerate(transcript.utterances):
        before = recognised.utterances[index].words if recognised else utterance.words
        words = _words(utterance, before)
        if utterance.speaker is Speaker.CANDIDATE:
            clauses = tuple(_clauses(words, rest, scorecard))
            who = "You"
        else:
            clauses = (ClauseView(words, "", (), (), utterance.start_s, utterance.end_s),)
            who = manager if utterance.who == "manager" else speaker_name(utterance)
        first_s = utterance.words[0].start_s if utterance.words else None
        start_s = utterance.start_s if first_s is None else first_s
        yield TurnView(
            index=index,
            speaker=utterance.speaker.value,
            who=who,
            clock=clock(start_s),
            start_s=start_s,
            end_s=utterance.end_s,
            clauses=clauses,
            text=utterance.text,
            no_word="" if utterance.words else no_word,
            corrected=any(word.recognised is not None for word in words)
            or len(before) > len(words),
            recognised=" ".join(word.text for word in before) or no_word,
        )


def _words(utterance: Utterance, recognised: Sequence[Word]) -> tuple[WordView, ...]:
    spoken = utterance.speaker is Speaker.CANDIDATE
    before = changes(recognised, utterance.words)
    return tuple(
        WordView(
            word.text,
            word.start_s,
            word.end_s,
            unsure=spoken and unsure,
            recognised=old,
        )
        for word, old, unsure in zip(
            utterance.words, before, doubtful(utterance.words), strict=True
        )
    )


def _clauses(
    words: tuple[WordView, ...], rest: list[Clause], scorecard: Scorecard
) -> Iterator[ClauseView]:
    """Cut `words` as the scorecard did, taking its clauses from `rest`."""
    at = 0
    while at < len(words):
        if not rest:
            yield ClauseView(words[at:], "", (), (), words[at].start_s, words[-1].end_s)
            return
        clause = rest.pop(0)
        part = words[at : at + len(clause.words)]
        at += len(part)
        criteria = criteria_of(clause, scorecard)
        yield ClauseView(
            part,
            ABOUT[clause.letter],
            tuple(criterion.value for criterion in criteria),
            tuple(_tag(criterion, clause) for criterion in criteria),
            part[0].start_s,
            part[-1].end_s,
        )


def _tag(criterion: Criterion, clause: Clause) -> str:
    """A way gets its number: way 1, way 2, way 3."""
    number = clause.way if criterion is Criterion.CONTRIBUTIONS else None
    return MARKED_AS[criterion] + ("" if number is None else f" {number}")


def share_view(clauses: Sequence[Clause]) -> ShareView | None:
    """The shares; None if no clause is about either."""
    words = sum(len(clause.words) for clause in clauses)
    if not words or all(clause.letter is Letter.NEITHER for clause in clauses):
        return None

    def share(letter: Letter) -> int:
        return round(100 * sum(len(c.words) for c in clauses if c.letter is letter) / words)

    parts = []
    x = 0.0
    for clause in clauses:
        width = 100 * len(clause.words) / words
        parts.append(SharePart(ABOUT[clause.letter], round(x, 2), round(width, 2)))
        x += width
    return ShareView(share(Letter.A), share(Letter.B), tuple(parts))
