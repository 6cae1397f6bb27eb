"""MinilmTagger: windows, words, and missing or damaged files."""

from pathlib import Path

import numpy as np
import pytest

from rehearse.engines.minilm import tagger as minilm_tagger
from rehearse.engines.minilm.base import wordpiece
from rehearse.engines.minilm.tagger import OVERLAP, WINDOW, MinilmTagger, _windows
from rehearse.errors import RehearseError
from rehearse.scoring.decode import OUTPUTS
from rehearse.transcript import Speaker, Utterance, words_of_text


@pytest.fixture(scope="module")
def tagger() -> MinilmTagger:
    return MinilmTagger()


@pytest.mark.parametrize("pieces_a_word", [1, 2, 16])
@pytest.mark.parametrize("count", [1, 20, 382, 383, 2000])
def test_windows_keep_every_word_once_with_words_around_it(count: int, pieces_a_word: int) -> None:
    counts = [pieces_a_word] * count
    kept: list[int] = []
    for start, end, keep_from, keep_to in _windows(counts):
        assert start <= keep_from < keep_to <= end
        assert sum(counts[start:end]) <= WINDOW - 2
        assert start == 0 or sum(counts[start:keep_from]) >= OVERLAP // 2 - pieces_a_word
        assert end == count or sum(counts[keep_to:end]) >= OVERLAP // 2 - pieces_a_word
        kept.extend(range(keep_from, keep_to))
    assert kept == list(range(count))


def test_logits_of_the_candidates_words_only(tagger: MinilmTagger) -> None:
    turns = (
        Utterance(Speaker.CANDIDATE, words_of_text("Hello, it's Ann.")),
        Utterance(Speaker.MANAGER, words_of_text("How would you do it?")),
        Utterance(Speaker.CANDIDATE, words_of_text("I'd start with the returns.")),
    )
    logits = tagger.logits(turns)
    assert logits.shape == (8, OUTPUTS)
    assert np.isfinite(logits).all()


def test_the_manager_is_context(tagger: MinilmTagger) -> None:
    answer = Utterance(Speaker.CANDIDATE, words_of_text("Then a code to scan."))
    question = Utterance(Speaker.MANAGER, words_of_text("Nobody will post a card."))
    assert not np.array_equal(tagger.logits((answer,)), tagger.logits((question, answer)))


def test_pieces_are_those_of_bert() -> None:
    pieces = wordpiece()
    vocabulary = {index: piece for piece, index in pieces._ids.items()}

    def read(word: str) -> list[str]:
        return [vocabulary[index] for index in pieces.pieces(word)]

    assert read("Hello,") == ["hello", ","]
    assert read("I'd") == ["i", "'", "d"]
    assert read("Überkluge") == ["uber", "##k", "##lu", "##ge"]
    assert read("$4.80") == ["$", "4", ".", "80"]
    assert read("\x00\u202e") == ["[UNK]"]
    assert len(pieces.pieces("!" * 500)) == 16


def test_a_damaged_model_file(tmp_path: Path) -> None:
    broken = tmp_path / "tagger.onnx"
    broken.write_bytes(b"not a model")
    with pytest.raises(RehearseError, match=r"missing or damaged"):
        MinilmTagger(broken)


def test_a_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.engines.minilm.base.PACKAGE", "no-such-package")
    with pytest.raises(RehearseError, match=r"no-such-package.* is not installed") as caught:
        minilm_tagger.MinilmTagger()
    assert "pip install" in str(caught.value)


def test_what_is_said_afterwards_changes_nothing(tagger: MinilmTagger) -> None:
    asked = Utterance(Speaker.CANDIDATE, words_of_text("How do you expect this job to contribute?"))
    reply = Utterance(Speaker.MANAGER, words_of_text("We're still talking to people, so."))
    silent = Utterance(Speaker.CANDIDATE, ())
    later = Utterance(Speaker.CANDIDATE, words_of_text("Thank you, goodbye."))
    before = tagger.logits((reply, asked))
    for after in ((reply, reply), (silent, reply), (reply, silent, reply), (reply, later, reply)):
        assert np.array_equal(tagger.logits((reply, asked, *after))[: len(before)], before)


def test_two_utterances_without_a_manager_between_them_are_one_turn(tagger: MinilmTagger) -> None:
    words = words_of_text("How do you expect this job to contribute?")
    halves = [Utterance(Speaker.CANDIDATE, words[:4]), Utterance(Speaker.CANDIDATE, words[4:])]
    whole = tagger.logits((Utterance(Speaker.CANDIDATE, words),))
    assert np.array_equal(tagger.logits(halves), whole)


def test_without_words_there_are_no_logits(tagger: MinilmTagger) -> None:
    assert tagger.logits(()).shape == (0, OUTPUTS)
    assert tagger.logits((Utterance(Speaker.CANDIDATE, ()),)).shape == (0, OUTPUTS)
