"""Worked examples: a dozen trades, the weak version first, and better ones that really count."""

import pytest

from rehearse import wiring
from rehearse.coaching.sheet_judgement import judge_sheet
from rehearse.preparing.call_sheet import CallSheet
from rehearse.preparing.way_sentence import way_of
from rehearse.preparing.worked_examples import (
    embedded_text,
    nearest,
    search,
    trades,
    worked_examples,
)

RETURNS = "I would sort the returns every Monday so that refunds go out the same week"


def test_there_are_sixty_in_a_dozen_trades_all_different() -> None:
    examples = worked_examples()
    assert len(examples) >= 60
    assert len(trades()) >= 12
    assert len({one.better for one in examples}) == len(examples)
    assert all(one.better.startswith("I would ") for one in examples)


@pytest.mark.slow
def test_the_better_version_counts_and_the_weak_one_does_not() -> None:
    tagger = wiring.load_tagger()

    def counts(text: str) -> bool:
        ways = (way_of(RETURNS), way_of(text))
        return judge_sheet(CallSheet(ways=ways), tagger).ways[1].counts

    examples = worked_examples()
    better = [one.better for one in examples if not counts(one.better)]
    weak = [one.weak for one in examples if counts(one.weak)]
    assert len(better) <= 0.05 * len(examples), better
    assert len(weak) <= 0.05 * len(examples), weak


def test_they_are_found_by_trade_and_by_job() -> None:
    examples = worked_examples()
    assert {one.trade for one in search("nurs", examples)} >= {"Care and nursing"}
    assert [one.job for one in search("truck driver", examples)] == ["truck driver"]
    assert search("", examples) == list(examples)
    assert search("astronaut", examples) == []


def test_those_nearest_to_the_ad_come_first() -> None:
    embedder = wiring.load_embedder()
    vectors = wiring.load_example_vectors()
    ad = ["Night nurse", "You look after our patients on the ward"]
    first = nearest(ad, embedder, vectors)[:3]
    assert {one.trade for one in first} == {"Care and nursing"}
    assert nearest(["", " "], embedder, vectors) == list(worked_examples())


def test_the_packaged_vectors_are_those_of_the_texts() -> None:
    """Otherwise: python -m training.example_vectors"""
    kept = wiring.load_example_vectors()
    examples = worked_examples()
    assert len(kept) == len(examples)
    for place in (0, len(examples) // 2, len(examples) - 1):
        (vector,) = wiring.load_embedder().embed([embedded_text(examples[place])])
        assert float(vector @ kept[place]) == pytest.approx(1, abs=0.01)
