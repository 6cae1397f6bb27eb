"""SheetJudgement: which ways count before the call.

It also judges the question on the call sheet.

One rule: the judgement is the same as after a call. The scorer scores the sheet's model pitch like
a talk, and a way counts if that scorecard counts it. Each way is also scored alone; where the
result is another one, its line says so.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.coaching import question_hints, way_hints
from rehearse.coaching.model_pitch import pitch_paragraphs
from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.preparing.way_sentence import way_sentence
from rehearse.scoring.clauses import Clause, ClauseTagger, Label
from rehearse.scoring.rubric import WAYS_ASKED_FOR, Criterion
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import text_transcript

SAME_IDEA = 0.6
"""Share of content words from which a way is close to an earlier one. A hint, not a judgement."""
_JOINTS = frozenset({"would", "that", "could", "will", "with", "from", "they", "their", "your"})


@dataclass(frozen=True)
class Judged:
    """One way, or the question. `rule` names the reason for programs, `text` says it in a line."""

    counts: bool
    rule: str
    text: str


@dataclass(frozen=True)
class SheetJudgement:
    """`ways` in the order of the sheet. `counted`: how many ways a scorecard would count."""

    ways: tuple[Judged, ...]
    question: Judged
    counted: int

    @property
    def is_ready(self) -> bool:
        return self.counted >= WAYS_ASKED_FOR and self.question.counts


def judge_sheet(sheet: CallSheet, tagger: ClauseTagger) -> SheetJudgement:
    """Judge every way and the question of `sheet`."""
    paragraphs = pitch_paragraphs(sheet)
    scorecard = score_transcript(
        text_transcript(" ".join(paragraph.text for paragraph in paragraphs)), tagger
    )
    lengths = [len(paragraph.text.split()) for paragraph in paragraphs]
    of_paragraph = clauses_of(scorecard.clauses, lengths)
    alike = _alike(sheet)
    judged: list[Judged] = []
    question = Judged(False, "no_words", "")
    known: set[int] = set()
    for paragraph, clauses in zip(paragraphs, of_paragraph, strict=True):
        numbers = {clause.way for clause in clauses if clause.way is not None}
        if paragraph.way is not None:
            place = len(judged)
            way = sheet.ways[paragraph.way]
            stands_alone = counts_alone(way, tagger)
            if numbers - known:
                hint = way_hints.counts(way, alike.get(place), alone=stands_alone)
            else:
                hint = way_hints.missing(way, clauses, repeats=bool(numbers), alone=stands_alone)
            judged.append(Judged(bool(numbers - known), hint.rule, hint.text))
            known |= numbers
        elif paragraph.is_question:
            asks = any(Label.ASK in clause.labels for clause in clauses)
            asked = question_hints.hint(sheet.question, clauses, counts=asks)
            question = Judged(asks, asked.rule, asked.text)
    return SheetJudgement(tuple(judged), question, len(known))


def counts_alone(way: Way, tagger: ClauseTagger) -> bool:
    """Whether a scorecard counts the way in a pitch that has no other."""
    pitch = " ".join(one.text for one in pitch_paragraphs(CallSheet(ways=(way,))))
    card = score_transcript(text_transcript(pitch), tagger)
    return bool(card.finding(Criterion.CONTRIBUTIONS).count)


def clauses_of(clauses: Sequence[Clause], lengths: Sequence[int]) -> list[list[Clause]]:
    """The clauses of each paragraph, given the paragraphs' word counts; a clause across an edge
    belongs to the paragraph with most of its words."""
    edges = [0]
    for length in lengths:
        edges.append(edges[-1] + length)
    found: list[list[Clause]] = [[] for _ in lengths]
    start = 0
    for clause in clauses:
        end = start + len(clause.words)
        shares = [min(end, right) - max(start, left) for left, right in itertools.pairwise(edges)]
        found[shares.index(max(shares))].append(clause)
        start = end
    return found


def _alike(sheet: CallSheet) -> dict[int, int]:
    """For each way that repeats most words of an earlier one, the index of the earlier one."""
    said = [_content_words(way_sentence(way)) for way in sheet.ways]
    pairs = {}
    for later, words in enumerate(said):
        for earlier in range(later):
            least = min(len(words), len(said[earlier]))
            if least and len(words & said[earlier]) / least >= SAME_IDEA:
                pairs[later] = earlier
                break
    return pairs


def _content_words(text: str) -> frozenset[str]:
    """Words of four letters or more, cut to six letters: customer and customers are one."""
    words = re.findall(r"[a-z]{4,}", text.lower())
    return frozenset(word[:6] for word in words if word not in _JOINTS)
