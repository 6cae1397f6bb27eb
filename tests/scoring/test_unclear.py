"""Unclear passages: voice without words, and doubtful words."""

from collections.abc import Callable

import numpy as np
import pytest

from rehearse.scoring.unclear import unclear_passages, unclear_spans
from rehearse.scoring.unclear_reason import lost_runs
from rehearse.sound import BLOCK_SAMPLES, SAMPLE_RATE_HZ, Samples, sample_count, seconds
from rehearse.transcript import UnclearPassage, UnclearReason, Word

FRAME_S = 0.1
TAKEN_FOR = "Hello, Dad, Alan Race for Line Crew Foreman, Bly"


def said(start_s: float, end_s: float, probability: float, step_s: float = 0.5) -> list[Word]:
    count = round((end_s - start_s) / step_s)
    return [
        Word("word", start_s + i * step_s, start_s + (i + 1) * step_s, probability)
        for i in range(count)
    ]


def voice(*spans: tuple[float, float], until_s: float) -> list[float]:
    times = [i * FRAME_S for i in range(round(until_s / FRAME_S))]
    return [0.9 if any(a <= t + 0.001 < b for a, b in spans) else 0.1 for t in times]


def rounded(spans: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    return [(round(a, 1), round(b, 1)) for a, b in spans]


def test_clear_speech_has_none() -> None:
    assert unclear_spans(said(0, 10, 0.9), voice((0, 10), until_s=12), frame_s=FRAME_S) == ()


def test_silence_has_none() -> None:
    assert unclear_spans([], voice(until_s=10), frame_s=FRAME_S) == ()


def test_voice_without_words() -> None:
    found = unclear_spans(said(0, 3, 0.9), voice((0, 8), until_s=10), frame_s=FRAME_S)
    assert rounded(found) == [(3.4, 8.0)]


def test_no_words_at_all_on_the_clock_of_the_recording() -> None:
    found = unclear_spans([], voice((1, 5), until_s=6), frame_s=FRAME_S, offset_s=20.0)
    assert rounded(found) == [(21.0, 25.0)]


def test_a_laugh_is_no_stretch() -> None:
    words = said(0, 3, 0.9) + said(4, 8, 0.9)
    assert unclear_spans(words, voice((0, 8), until_s=9), frame_s=FRAME_S) == ()


def test_words_that_the_recogniser_doubts() -> None:
    words = said(0, 5, 0.9) + said(5, 10, 0.2) + said(10, 15, 0.9)
    ((start_s, end_s),) = unclear_spans(words, voice((0, 15), until_s=15), frame_s=FRAME_S)
    assert 3.5 <= start_s <= 5.0
    assert 10.0 <= end_s <= 11.5


def test_one_doubtful_word_is_ordinary() -> None:
    words = said(0, 5, 0.9) + said(5, 5.5, 0.05) + said(5.5, 10, 0.9)
    assert unclear_spans(words, voice((0, 10), until_s=10), frame_s=FRAME_S) == ()


def test_a_few_errors_next_to_one_another_are_no_lost_passage() -> None:
    """The probabilities are those of "Whose response vote for the failure", said by somebody who
    was understood well: three words are wrong."""
    errors = [0.78, 0.37, 0.30, 0.35, 0.72, 0.60]
    doubted = [Word("word", 5 + i * 0.5, 5.5 + i * 0.5, p) for i, p in enumerate(errors)]
    words = [*said(0, 5, 0.95), *doubted, *said(8, 13, 0.95)]
    assert unclear_spans(words, voice((0, 13), until_s=13), frame_s=FRAME_S) == ()


def test_words_without_times_are_taken_as_clear() -> None:
    assert unclear_spans([Word("typed")], [], frame_s=FRAME_S) == ()


def test_names_and_greetings_do_not_count() -> None:
    names = [Word(text, i * 0.5, i * 0.5 + 0.5, 0.2) for i, text in enumerate(TAKEN_FOR.split())]
    words = [*names, *said(4.5, 15, 0.9)]
    assert unclear_spans(words, voice((0, 15), until_s=15), frame_s=FRAME_S) == ()


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    words = [Word("Word.", i * 0.5, i * 0.5 + 0.5, 0.2) for i in range(8)]
    assert unclear_spans(words, voice((0, 4), until_s=4), frame_s=FRAME_S) != ()


def tone(duration_s: float) -> Samples:
    """As loud and lively as speech: bursts of a buzz with quiet between them."""
    at_s = np.arange(sample_count(duration_s)) / SAMPLE_RATE_HZ
    buzz = sum(np.sin(2 * np.pi * hz * at_s) for hz in (200, 700, 1500, 2500)) / 8
    return (buzz * (0.02 + (np.sin(2 * np.pi * 2 * at_s) > 0))).astype(np.float32)


def passages(sound: Samples, words: list[Word]) -> tuple[UnclearPassage, ...]:
    blocks = len(sound) // BLOCK_SAMPLES
    return unclear_passages(words, [0.9] * blocks, sound, sound)


def test_whole_sound_with_words_has_no_unclear_passage() -> None:
    assert passages(tone(10), said(0, 10, 0.9)) == ()


def test_missing_pieces_of_sound_are_found_and_called_so() -> None:
    sound = tone(10)
    sound[sample_count(4.1) : sample_count(6.1)] = 0
    (passage,) = passages(sound, said(0, 4, 0.9) + said(6.1, 10, 0.9))
    assert (round(passage.start_s, 1), round(passage.end_s, 1)) == (4.1, 6.1)
    assert passage.reason is UnclearReason.BROKEN_UP


def a_room(sound: Samples) -> Samples:
    """`sound` with pauses of half a second, in which a quiet room is heard."""
    hiss = 0.0005 * np.random.default_rng(1).standard_normal(len(sound))
    spoken = (np.arange(len(sound)) / SAMPLE_RATE_HZ) % 2.5 < 2
    return (sound * spoken + hiss).astype(np.float32)


def test_a_clause_lost_between_two_pauses_is_found() -> None:
    sound = a_room(tone(15))
    sound[sample_count(4.7) : sample_count(7.3)] = 0
    words = said(0, 4.5, 0.9) + said(7.5, 15, 0.9)
    blocks = [0.0 if 4.5 <= seconds(at * BLOCK_SAMPLES) < 7.5 else 0.9 for at in range(468)]
    (passage,) = unclear_passages(words, blocks, sound, sound)
    assert (round(passage.start_s, 1), round(passage.end_s, 1)) == (4.7, 7.3)
    assert passage.reason is UnclearReason.BROKEN_UP


def test_a_noise_gate_loses_nothing() -> None:
    sound = a_room(tone(15))
    for pause_s in (2.02, 4.52, 7.02, 9.52, 12.02, 14.52):
        sound[sample_count(pause_s) : sample_count(pause_s + 0.45)] = 0
    longer = slice(sample_count(4.5), sample_count(5.8))
    sound[longer] = a_room(0 * tone(15))[longer]
    sound[sample_count(4.52) : sample_count(5.75)] = 0
    assert passages(sound, said(0, 4.5, 0.9) + said(5.7, 15, 0.9)) == ()


def test_a_word_stretched_over_lost_speech_does_not_account_for_it() -> None:
    words = [*said(0, 5, 0.9), Word("your", 5.0, 9.5, 0.97), *said(9.5, 12, 0.9)]
    ((start_s, end_s),) = unclear_spans(words, voice((0, 12), until_s=12), frame_s=FRAME_S)
    assert start_s < 7.0
    assert end_s > 9.0


def test_a_word_that_begins_in_the_pause_before_it_hides_no_speech() -> None:
    words = [*said(0, 5, 0.9), Word("your", 5.0, 9.5, 0.97), *said(9.5, 12, 0.9)]
    spoken = voice((0, 5), (9.0, 12), until_s=12)
    assert unclear_spans(words, spoken, frame_s=FRAME_S) == ()


def test_noise_as_loud_as_the_voice_hides_it_from_the_detector_too() -> None:
    sound = tone(10)
    noise = 0.3 * np.random.default_rng(1).standard_normal(sample_count(3))
    sound[sample_count(4) : sample_count(7)] = noise
    words = said(0, 4, 0.9) + said(7, 10, 0.9)
    silent = [0.9 if not 4 <= seconds(i * BLOCK_SAMPLES) < 7 else 0.0 for i in range(312)]
    (passage,) = unclear_passages(words, silent, sound, sound)
    assert passage.reason is UnclearReason.NOISE


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda part: part * 0.003, UnclearReason.TOO_QUIET),
        (lambda part: np.clip(part * 30, -0.5, 0.5), UnclearReason.CLIPPING),
        (lambda part: part, UnclearReason.PRONUNCIATION),
    ],
)
def test_reasons_of_doubtful_words(
    spoil: Callable[[Samples], Samples], reason: UnclearReason
) -> None:
    sound = tone(12)
    part = slice(sample_count(4), sample_count(8))
    sound[part] = spoil(sound[part])
    words = said(0, 4, 0.9) + said(4, 8, 0.1) + said(8, 12, 0.9)
    (passage,) = passages(sound, words)
    assert passage.reason is reason


def test_more_words_than_a_voice_can_say_are_too_fast() -> None:
    words = said(0, 4, 0.9) + said(4, 8, 0.1, step_s=0.17) + said(8, 12, 0.9)
    (passage,) = passages(tone(12), words)
    assert passage.reason is UnclearReason.TOO_FAST


def test_four_deeply_doubtful_words_are_enough_for_a_short_question() -> None:
    asked = [Word("What's", 5.0, 5.4, 0.6), *said(5.4, 6.9, 0.2)]
    words = [*said(0, 5, 0.95), *asked, *said(7, 12, 0.95)]
    ((start_s, end_s),) = unclear_spans(words, voice((0, 12), until_s=12), frame_s=FRAME_S)
    assert (start_s, end_s) == (5.0, pytest.approx(6.9))


def test_single_samples_of_zero_are_no_lost_sound() -> None:
    """A quiet recording crosses zero thousands of times a second."""
    sound = np.full(60 * SAMPLE_RATE_HZ, 0.1, np.float32)
    sound[::2] = 0
    assert lost_runs(sound) == []
