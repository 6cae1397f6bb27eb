"""Where unclear speech is found: voice without words, and words nobody would vouch for."""

from rehearse.scoring.unclear import unclear_stretches
from rehearse.transcript import Word

FRAME_S = 0.1


def said(start_s: float, end_s: float, probability: float, step_s: float = 0.5) -> list[Word]:
    count = round((end_s - start_s) / step_s)
    return [
        Word("word", start_s + i * step_s, start_s + (i + 1) * step_s, probability)
        for i in range(count)
    ]


def voice(*spans: tuple[float, float], until_s: float) -> list[float]:
    times = [i * FRAME_S for i in range(round(until_s / FRAME_S))]
    return [0.9 if any(a <= t + 0.001 < b for a, b in spans) else 0.1 for t in times]


def rounded(stretches: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    return [(round(a, 1), round(b, 1)) for a, b in stretches]


def test_clear_speech_has_none() -> None:
    assert unclear_stretches(said(0, 10, 0.9), voice((0, 10), until_s=12), frame_s=FRAME_S) == ()


def test_silence_has_none() -> None:
    assert unclear_stretches([], voice(until_s=10), frame_s=FRAME_S) == ()


def test_voice_without_words() -> None:
    found = unclear_stretches(said(0, 3, 0.9), voice((0, 8), until_s=10), frame_s=FRAME_S)
    assert rounded(found) == [(3.4, 8.0)]


def test_no_words_at_all_on_the_clock_of_the_recording() -> None:
    found = unclear_stretches([], voice((1, 5), until_s=6), frame_s=FRAME_S, offset_s=20.0)
    assert rounded(found) == [(21.0, 25.0)]


def test_a_laugh_is_no_stretch() -> None:
    words = said(0, 3, 0.9) + said(4, 8, 0.9)
    assert unclear_stretches(words, voice((0, 8), until_s=9), frame_s=FRAME_S) == ()


def test_words_that_the_recogniser_doubts() -> None:
    words = said(0, 5, 0.9) + said(5, 10, 0.2) + said(10, 15, 0.9)
    ((start_s, end_s),) = unclear_stretches(words, voice((0, 15), until_s=15), frame_s=FRAME_S)
    assert 3.5 <= start_s <= 5.0
    assert 10.0 <= end_s <= 11.5


def test_one_doubtful_word_is_ordinary() -> None:
    words = said(0, 5, 0.9) + said(5, 5.5, 0.05) + said(5.5, 10, 0.9)
    assert unclear_stretches(words, voice((0, 10), until_s=10), frame_s=FRAME_S) == ()


def test_words_without_times_are_taken_as_clear() -> None:
    assert unclear_stretches([Word("typed")], [], frame_s=FRAME_S) == ()
