"""How much was understood: told from the recogniser's own probabilities, never from typed words."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest

from rehearse.report.text import scorecard_text
from rehearse.scoring.clauses import Clause, ClauseTagger, Label, Letter
from rehearse.scoring.recognition import (
    DIFFERS,
    DOUBTFUL,
    DOUBTFUL_TWICE,
    DOUBTFUL_UNSIGNED,
    Recognition,
    chances_for_marks,
    chances_right,
    compared,
    doubtful,
    recognition,
)
from rehearse.scoring.rubric import Verdict
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import Signs, Speaker, Transcript, Utterance, Word


def words(*probabilities: float | None) -> tuple[Word, ...]:
    return tuple(Word("word", i * 0.4, i * 0.4 + 0.4, p) for i, p in enumerate(probabilities))


class Praising:
    """A tagger that takes everything for the critical question."""

    name = "praising"

    def tag(self, utterances: tuple[Utterance, ...]) -> tuple[Clause, ...]:
        said = tuple(word for one in utterances for word in one.words)
        chances = dict.fromkeys(Label, 0.0)
        return (Clause(said, frozenset({Label.ASK}), chances, Letter.A),)


def card(*probabilities: float | None):  # type: ignore[no-untyped-def]
    tagger: ClauseTagger = Praising()
    turn = Utterance(Speaker.CANDIDATE, words(*probabilities), 0.0, 30.0)
    return score_transcript(Transcript((turn,)), tagger)


def test_typed_words_have_no_share_understood() -> None:
    assert recognition(words(None, None)) is None
    assert card(*[None] * 20).recognition is None


def test_clear_words_are_understood() -> None:
    found = recognition(words(*[0.97] * 40))
    assert found is not None
    assert found.understood >= 38
    assert not found.too_little


def test_a_doubtful_word_among_clear_ones_is_marked_alone() -> None:
    marked = doubtful(words(*[0.97] * 6, 0.2, *[0.97] * 6))
    assert marked == [False] * 6 + [True] + [False] * 6


def test_a_second_model_decides_what_is_marked() -> None:
    middling = [Word(text, None, None, 0.6) for text in ("The", "tiger's", "on", "board.")]
    others = [Word(text, None, None, 0.9) for text in ("the", "tigers", "on", "board")]
    both = compared(middling, others)
    assert [word.agreed for word in both] == [True, False, True, True]
    assert [word.text for word in both] == [word.text for word in middling]
    clear = [*words(*[0.85] * 3), Word("word", 2.0, 2.4, 0.85, agreed=False), *words(*[0.85] * 3)]
    assert doubtful(clear) == [False, False, False, True, False, False, False]
    assert not any(doubtful(words(*[0.85] * 7)))
    unsure = [0.97, 0.97, 0.3, 0.97, 0.97]
    assert doubtful(words(*unsure))[2]
    agreed = [replace(word, agreed=True) for word in words(*unsure)]
    assert not any(doubtful(agreed))


def test_a_word_put_in_by_hand_is_never_doubtful() -> None:
    assert doubtful(words(0.2, None, 0.2))[1] is False


def test_a_talk_that_was_not_understood_earns_nothing_and_loses_nothing() -> None:
    found = card(*[0.35] * 40)
    assert found.recognition is not None
    assert found.recognition.too_little
    assert found.score == 0
    assert not any(one.met for one in found.findings)
    assert {found.business_contribution, found.critical_question} == {Verdict.COULDNT_HEAR}


def test_a_single_sentence_that_was_not_understood_says_so() -> None:
    found = card(*[0.35] * 6)
    assert found.recognition == Recognition(1, 6)
    assert {found.business_contribution, found.critical_question} == {Verdict.COULDNT_HEAR}


def test_in_a_longer_talk_of_many_doubtful_words_a_point_may_be_lost() -> None:
    assert Recognition(46, 59).may_miss_a_point
    assert not Recognition(46, 59).too_little
    assert not Recognition(48, 59).may_miss_a_point
    assert not Recognition(7, 9).may_miss_a_point  # one word decides the share of so few
    mixed = [0.97, 0.9, 0.9, 0.25] * 10
    found = card(*mixed)
    assert found.recognition is not None
    assert not found.recognition.too_little
    assert found.recognition.may_miss_a_point
    assert found.critical_question is Verdict.COVERED  # what was found still counts
    assert found.business_contribution is Verdict.COULDNT_HEAR


def test_names_and_greetings_alone_do_not_make_a_talk_too_little_understood() -> None:
    texts = ("Hello,", "Mr", "Penrose,", "Jago", "Tregear", "speaking", "here.")
    found = recognition([Word(text, i * 0.4, i * 0.4 + 0.4, 0.2) for i, text in enumerate(texts)])
    assert found is not None
    assert found.words == 1
    assert not found.too_little


def test_a_talk_that_was_understood_is_judged() -> None:
    assert card(*[0.95] * 40).critical_question is Verdict.COVERED


def test_doubtful_words_are_marked_in_the_evidence() -> None:
    (finding,) = (one for one in card(*[0.97] * 5, 0.1, *[0.97] * 6).findings if one.met)
    (evidence,) = finding.evidence
    assert evidence.doubtful == (5,)
    assert evidence.marked.startswith("word word word word word word [?] word")


def test_a_talk_that_was_not_understood_is_shown_without_crosses_and_without_a_score() -> None:
    text = scorecard_text(card(*[0.35] * 40))
    assert text.startswith("I understood about ")
    assert "[ ]" not in text
    assert "of 100" not in text


def signed(
    text: str,
    probability: float,
    said: float,
    spelt: float,
    other: float,
    *,
    tokens: int = 1,
    agreed: bool | None = None,
) -> Word:
    rank = 0.0 if said > other else 0.7
    signs = Signs(said / tokens, said, tokens, spelt, other, -0.1, rank)
    return Word(text, 0.0, 0.3, probability, agreed, signs)


def one_after_another(words: Sequence[Word], first_s: float = 0.0) -> list[Word]:
    """`words` without pauses, from `first_s` on."""
    placed = []
    at_s = first_s
    for word in words:
        length_s = (word.end_s or 0.0) - (word.start_s or 0.0)
        placed.append(replace(word, start_s=at_s, end_s=at_s + length_s))
        at_s += length_s
    return placed


CLEAR = [signed("word", 0.95, -0.05, -0.03, -5.0)] * 4


def chance_among_clear_ones(word: Word) -> float:
    chance = chances_for_marks(one_after_another([*CLEAR, word, *CLEAR]))[4]
    assert chance is not None
    return chance


def test_the_signs_of_a_word_say_whether_it_is_marked() -> None:
    only_the_capital = signed("Planes", 0.45, -0.8, -0.05, -4.0)
    another_word = signed("planes", 0.45, -0.8, -0.8, -0.9)
    said = [*CLEAR, only_the_capital, *CLEAR, another_word, *CLEAR]
    marked = doubtful(one_after_another(said))
    assert [at for at, mark in enumerate(marked) if mark] == [9]


@pytest.mark.parametrize("tokens", [1, 2, 3, 5])
@pytest.mark.parametrize("otherwise", [0.0, 0.3, 2.0])
def test_a_less_probable_word_never_looks_surer(tokens: int, otherwise: float) -> None:
    """Whether the same letters are more probable when written otherwise, or not."""
    chances = [
        chance_among_clear_ones(
            signed(
                "planes",
                math.exp(-tenths / 10 / tokens),
                -tenths / 10,
                min(0.0, otherwise - tenths / 10),
                -1.5,
                tokens=tokens,
            )
        )
        for tenths in range(310)
    ]
    assert chances == sorted(chances, reverse=True)
    assert chances[300] < chances[0]


def test_a_small_word_is_more_often_right_than_its_probability_says() -> None:
    the, vet = (
        chance_among_clear_ones(signed(text, 0.5, -0.7, -0.7, -1.2)) for text in ("the", "vet")
    )
    assert the > vet


def test_a_word_after_a_pause_is_surer_than_one_before_it() -> None:
    unsure = signed("vet", 0.5, -0.7, -0.7, -1.2)
    flowing = one_after_another([unsure] * 6)
    halting = [*flowing[:3], *one_after_another([unsure] * 3, first_s=5.0)]
    changes = [
        (after or 0.0) - (before or 0.0)
        for before, after in zip(
            chances_for_marks(flowing), chances_for_marks(halting), strict=True
        )
    ]
    assert changes[2] < 0 < changes[3]
    assert [round(changes[at], 6) for at in (0, 1, 4, 5)] == [0.0] * 4


def test_a_very_short_word_is_less_sure() -> None:
    word = signed("vet", 0.5, -0.7, -0.7, -1.2)
    assert chance_among_clear_ones(replace(word, end_s=0.06)) < chance_among_clear_ones(word)


def test_words_without_signs_are_marked_by_a_threshold_of_their_own() -> None:
    signed_word = signed("word", 0.77, -0.3, -0.3, -5.0)
    plain = replace(signed_word, signs=None)
    for word, mark in ((signed_word, False), (plain, True)):
        [chance] = chances_for_marks([word])
        assert chance is not None
        assert DOUBTFUL < chance < DOUBTFUL_UNSIGNED
        assert doubtful([word]) == [mark]


def test_a_threshold_of_its_own_counts_after_a_second_listen() -> None:
    """The chance of a word that a second model heard otherwise falls to about 0.67."""
    word = signed("word", 0.87, -0.13, -0.13, -5.0, agreed=False)
    [chance] = chances_for_marks([word])
    assert chance is not None
    odds = chance / (1 - chance) * math.exp(DIFFERS)
    assert DOUBTFUL < odds / (1 + odds) < DOUBTFUL_TWICE
    assert doubtful([word]) == [True]


def test_signs_change_marks_and_not_how_much_was_understood() -> None:
    said = one_after_another([signed("word", 0.6, -0.5, -0.5, -1.2)] * 10)
    plain = [replace(word, signs=None) for word in said]
    assert chances_right(said) == chances_right(plain) == chances_for_marks(plain)
    assert chances_for_marks(said) != chances_right(said)
    assert recognition(said) == recognition(plain)
    corrected = [*said[:4], replace(said[4], probability=None), *said[5:]]
    assert doubtful(corrected)[4] is False
