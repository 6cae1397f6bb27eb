"""Planned ways compared with said ways; common words stand for meaning."""

from collections.abc import Sequence

import numpy as np
import pytest

from rehearse import wiring
from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.scoring.clauses import Clause, Label, Letter
from rehearse.scoring.scorecard import Scorecard, score_transcript
from rehearse.scoring.sheet_match import match_sheet
from rehearse.transcript import Utterance, text_transcript, words_of_text

VOCABULARY = ("returns", "trucks", "scanner", "coffee", "lights")
SHEET = CallSheet(
    ways=(Way("call about returns", "the returns backlog"), Way("move the trucks", "overtime"))
)


class WordsInCommon:
    def embed(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.array([[word in text for word in VOCABULARY] for text in texts], np.float32)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


class EachIsAWay:
    """Tags every sentence as a separate way, except those that start with "No"."""

    name = "each is a way"

    def tag(self, utterances: Sequence[Utterance]) -> tuple[Clause, ...]:
        found: list[Clause] = []
        for text in utterances[0].text.split(". "):
            way = None if text.startswith("No") else sum(c.way is not None for c in found) + 1
            labels = frozenset() if way is None else frozenset({Label.WAY})
            chances = dict.fromkeys(Label, 0.0)
            found.append(Clause(words_of_text(text), labels, chances, Letter.A, way))
        return tuple(found)


def card(text: str) -> Scorecard:
    return score_transcript(text_transcript(text), EachIsAWay())


def test_planned_ways_are_said_dropped_or_new() -> None:
    scorecard = card("I'd phone about returns. I'd train them on the scanner")
    match = match_sheet(SHEET, scorecard, WordsInCommon())
    assert [planned.said and planned.said.quote for planned in match.planned] == [
        "I'd phone about returns",
        None,
    ]
    assert [evidence.quote for evidence in match.new] == ["I'd train them on the scanner"]


def test_a_way_that_did_not_count_was_still_said() -> None:
    scorecard = card("No the trucks go at six")
    match = match_sheet(SHEET, scorecard, WordsInCommon())
    assert match.planned[1].said is not None
    assert match.new == ()
    assert scorecard.score == 0


def test_one_way_said_matches_one_way_planned() -> None:
    sheet = CallSheet(ways=(Way("returns", "backlog"), Way("returns", "again")))
    match = match_sheet(sheet, card("I'd phone about returns"), WordsInCommon())
    assert [planned.said is not None for planned in match.planned] == [True, False]


def test_the_same_gain_by_another_action_is_another_way() -> None:
    sheet = CallSheet(ways=(Way("move the trucks", "fewer returns"),))
    match = match_sheet(sheet, card("I'd phone about returns"), WordsInCommon())
    assert match.planned[0].said is None
    assert [evidence.quote for evidence in match.new] == ["I'd phone about returns"]


@pytest.mark.parametrize(
    ("said", "is_it"),
    [
        ("I'd call the customers about their refunds on Fridays", False),
        ("I'd train two colleagues to pay refunds", False),
        ("I'd rank the complaints by money, dearest first", True),
        ("I'd put the costly complaints on top so you pay out fewer refunds", True),
    ],
)
def test_one_shared_word_is_no_match(said: str, is_it: bool) -> None:
    sheet = CallSheet(ways=(Way("sort complaints by what they cost", "refunds"),))
    match = match_sheet(sheet, card(said), wiring.load_embedder())
    assert (match.planned[0].said is not None) is is_it


def test_without_a_sheet_everything_is_new() -> None:
    match = match_sheet(CallSheet(), card("I'd phone about returns"), WordsInCommon())
    assert match.planned == ()
    assert len(match.new) == 1


def test_nothing_said() -> None:
    match = match_sheet(SHEET, score_transcript(text_transcript(""), EachIsAWay()), WordsInCommon())
    assert [planned.said for planned in match.planned] == [None, None]
    assert match.new == ()
