"""A talk of any length is scored in time that grows with its length and no faster."""

import pytest

from rehearse.scoring import evidence
from rehearse.scoring.clauses import Clause, Label, Letter
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import Word, text_transcript


class EveryWordAWay:
    """A ClauseTagger for which each word is a clause, every third of them a new way."""

    name = "every word a way"

    def tag(self, utterances: object) -> tuple[Clause, ...]:
        (utterance,) = utterances  # type: ignore[misc]
        return tuple(
            Clause(
                (word,), frozenset({Label.WAY}), dict.fromkeys(Label, 0.9), Letter.A,
                None if index % 3 else index // 3 + 1,
            )
            for index, word in enumerate(utterance.words)
        )  # fmt: skip


def test_clauses_are_never_searched_for_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def compared(one: Clause, other: object) -> bool:
        raise AssertionError("comparing clauses makes long talks quadratic")

    monkeypatch.setattr(Clause, "__eq__", compared)
    card = score_transcript(text_transcript("word " * 3000), EveryWordAWay())
    assert card.score > 0


def test_words_are_searched_for_doubt_once_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []

    def doubtful(words: list[Word]) -> list[bool]:
        looked.append(len(words))
        return [False] * len(words)

    monkeypatch.setattr(evidence, "doubtful", doubtful)
    score_transcript(text_transcript("word " * 3000), EveryWordAWay())
    assert looked == [3000], "once for each quote makes long talks quadratic"
