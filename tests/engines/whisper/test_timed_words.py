"""Timed words: from pieces of recognised text to words."""

import itertools

import numpy as np
import pytest

from rehearse.engines.whisper.timed_words import (
    FRAMES_PER_S,
    TimedText,
    begun_earlier,
    where_voiced,
    whole_words,
    with_missed,
    without_invented_end,
    without_loops,
    wordless,
)
from rehearse.transcript import Signs


def pieces(*texts):
    return [TimedText(text, index, index + 1, 0.5) for index, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ([" Hello", ",", " Dana", "."], ["Hello,", "Dana."]),
        ([" saves", " $", "50", ",", "000", " or", " 20", "%", "!"],
         ["saves", "$50,000", "or", "20%!"]),
        ([" a", " six", "-", "week", " plan"], ["a", "six-week", "plan"]),
        ([" he", " said", ' "', "no", '"'], ["he", "said", '"no"']),
        ([" well", " -", " yes", " ..."], ["well", "yes"]),
        (["First", " word"], ["First", "word"]),
        ([], []),
    ],
)  # fmt: skip
def test_pieces_without_a_space_between_them_are_joined(texts, words):
    assert [word.text for word in whole_words(pieces(*texts), 0)] == words


def test_a_word_has_the_time_and_probability_of_what_was_said():
    parts = [
        TimedText(' "', 0.0, 0.9, 0.1),
        TimedText("twenty", 1.0, 1.4, 0.8),
        TimedText("%", 1.4, 1.5, 0.1),
        TimedText("ish", 1.5, 1.8, 0.4),
        TimedText(".", 1.8, 3.0, 0.1),
    ]
    (word,) = whole_words(parts, 10.0)
    assert word == TimedText('"twenty%ish.', 11.0, 11.8, pytest.approx(0.6))


def test_a_word_of_several_pieces_has_the_signs_of_all_that_was_said():
    first, second = Signs(-1.0, -1.5, 2, -0.5, -2.0, -9.0, 0.7), Signs(-2, -2, 1, -1.5, -1, -0.2, 0)
    parts = [
        TimedText(" six", 0.0, 0.5, 0.8, first),
        TimedText("-", 0.5, 0.6, 0.9, Signs(-9.0, -9.0, 1, -9.0, -0.1, -9.0, 3.0)),
        TimedText("week", 0.6, 1.0, 0.8, second),
        TimedText(",", 1.0, 1.0, 0.9, Signs(-9.0, -9.0, 1, -9.0, -0.1, -9.0, 3.0)),
    ]
    (word,) = whole_words(parts, 0.0)
    assert word.signs == Signs(-2.0, -3.5, 3, -2.0, -1.0, -0.2, 0.7)


def voiced(duration_s, *stretches_s):
    frames = np.zeros(round(duration_s * FRAMES_PER_S), dtype=bool)
    for start_s, end_s in stretches_s:
        frames[round(start_s * FRAMES_PER_S) : round(end_s * FRAMES_PER_S)] = True
    return frames


def times(word):
    return pytest.approx((word.start_s, word.end_s), abs=0.04)


def test_words_where_nobody_speaks_are_dropped():
    frames = voiced(10, (1, 2))
    words = [TimedText("said", 1.2, 1.6, 0.9), TimedText("invented", 5.0, 5.5, 0.9)]
    assert [word.text for word in where_voiced(words, frames)] == ["said"]


def test_a_word_timed_just_beside_the_voice_is_kept_as_it_is():
    word = TimedText("late", 2.1, 2.3, 0.9)
    assert list(where_voiced([word], voiced(10, (1, 2)))) == [word]


def test_a_pause_is_not_part_of_a_word():
    frames = voiced(10, (1, 1.2), (3, 3.5))
    (word,) = where_voiced([TimedText("so", 1.1, 3.4, 0.9)], frames)
    assert times(word) == (3.0, 3.4)


def test_words_never_end_before_they_start():
    (word,) = where_voiced([TimedText("so", 1.5, 1.5, 0.9)], voiced(10, (1, 2)))
    assert word.start_s <= word.end_s


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("I want this job", "I want this job"),
        ("no, no, I mean it", "no, no, I mean it"),
        ("so so so so so yes", "so yes"),
        ("a b A B. a b, and then", "a b and then"),
        ("thank you thank you thank you", "thank you"),
        ("", ""),
    ],
)
def test_a_repetition_loop_is_written_once(text, kept):
    words = pieces(*text.split())
    assert " ".join(word.text for word in without_loops(words)) == kept


@pytest.mark.parametrize(
    ("durations_s", "kept"),
    [([0.2, 0.3, 0, 0.02, 0], 2), ([0.2, 0, 0.3], 3), ([0.2, 0], 2), ([], 0)],
)
def test_words_at_the_end_that_took_no_time_are_dropped(durations_s, kept):
    words = [TimedText("word", 1.0, 1.0 + duration_s, 0.5) for duration_s in durations_s]
    assert without_invented_end(words) == words[:kept]


def said(*timed):
    return [TimedText(text, start_s, end_s, 0.9) for text, start_s, end_s in timed]


def voice(*spans_s, length_s=10):
    voiced = np.zeros(int(length_s * FRAMES_PER_S), bool)
    for start_s, end_s in spans_s:
        voiced[int(start_s * FRAMES_PER_S) : int(end_s * FRAMES_PER_S)] = True
    return voiced


def test_voice_between_two_words_that_no_word_covers_is_found():
    words = said(("one", 0.5, 1.0), ("two", 5.0, 5.5))
    [(first, end)] = wordless(words, voice((0.5, 1.1), (2, 4), (5, 5.5)), 0.6)
    assert (first / FRAMES_PER_S, end / FRAMES_PER_S) == pytest.approx((2, 4), abs=0.05)


def test_a_pause_or_a_breath_between_two_words_is_no_missed_speech():
    words = said(("one", 0.5, 1.0), ("two", 5.0, 5.5))
    assert not list(wordless(words, voice((0.5, 1.1), (2, 2.4), (5, 5.5)), 0.6))


def test_missed_words_are_inserted_where_they_were_said():
    words = said(("one", 0, 1), ("four", 5, 6))
    missed = said(("one", 0.5, 1), ("two", 2, 3), ("three", 3, 4))
    words_now = with_missed(words, missed, (int(1.5 * FRAMES_PER_S), int(4.5 * FRAMES_PER_S)))
    assert [word.text for word in words_now] == ["one", "two", "three", "four"]


def test_missed_words_that_are_there_already_are_not_inserted_again():
    words = said(("your", 0, 1), ("business,", 1, 1.5), ("but", 5, 6))
    missed = said(("Your", 2, 3), ("business.", 3, 4))
    words_now = with_missed(words, missed, (int(2 * FRAMES_PER_S), int(4.5 * FRAMES_PER_S)))
    assert [word.text for word in words_now] == ["your", "business,", "but"]


def test_a_word_starts_before_attention_reaches_it_where_there_is_voice():
    words = [
        TimedText("so", 0.04, 0.3, 0.9),
        TimedText("we", 0.3, 0.32, 0.9),
        TimedText("met", 0.32, 0.6, 0.9),
        TimedText("again", 1.2, 1.5, 0.9),
        TimedText("and", 2.0, 2.2, 0.9),
    ]
    moved = begun_earlier(words, voiced(3, (0, 0.6), (1.0, 1.5), (2.0, 2.5)))
    assert [times(word) for word in moved] == [
        (0, pytest.approx(0.2)),
        (pytest.approx(0.2), pytest.approx(0.22)),
        (pytest.approx(0.22), 0.6),  # a pause follows: its end is right
        (pytest.approx(1.1), 1.5),
        (2.0, 2.2),  # silence before it
    ]


def test_starts_stay_in_order_however_close_they_are():
    words = [TimedText(str(n), 1 + n / 100, 1 + (n + 1) / 100, 0.9) for n in range(30)]
    moved = begun_earlier(words, voiced(3, (0, 3)))
    assert all(a.start_s <= a.end_s <= b.start_s for a, b in itertools.pairwise(moved))
