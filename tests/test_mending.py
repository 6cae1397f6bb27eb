"""A misheard turn written anew: words that stay keep their times, new ones share."""

import pytest

from rehearse.errors import RehearseError
from rehearse.mending import changes, mended
from rehearse.transcript import Speaker, Transcript, Utterance, Word

HEARD = Transcript(
    (
        Utterance(Speaker.MANAGER, (Word("Hello."),), 0.0, 1.0),
        Utterance(
            Speaker.CANDIDATE,
            (Word("cut", 2.0, 2.4, 0.9), Word("your", 2.4, 2.6, 0.9), Word("tern", 2.6, 3.0, 0.2)),
            1.0,
            4.0,
        ),
    ),
    unclear_s=((3.0, 3.9), (6.0, 7.0)),
)


def words(text: str) -> tuple[Word, ...]:
    return mended(HEARD, 1, text).utterances[1].words


def test_words_that_stay_keep_their_times_and_new_ones_share_those_they_replace() -> None:
    assert words("cut your turn over") == (
        Word("cut", 2.0, 2.4, 0.9),
        Word("your", 2.4, 2.6, 0.9),
        Word("turn", pytest.approx(2.6), pytest.approx(2.8)),  # type: ignore[arg-type]
        Word("over", pytest.approx(2.8), pytest.approx(3.0)),  # type: ignore[arg-type]
    )


def test_words_put_in_stand_in_the_gap_and_words_may_go() -> None:
    assert words("So cut your tern")[0] == Word("So", 1.0, 2.0)
    assert [word.text for word in words("cut tern")] == ["cut", "tern"]
    assert words("   ") == ()


def test_what_was_unclear_in_the_turn_is_so_no_longer() -> None:
    assert mended(HEARD, 1, "cut your turn").unclear_s == ((6.0, 7.0),)


def test_what_was_heard_stands_beside_each_word_that_changed() -> None:
    before = HEARD.utterances[1].words
    assert changes(before, words("cut your turn")) == [None, None, "tern"]
    assert changes(before, words("So cut your tern")) == ["", None, None, None]


@pytest.mark.parametrize("turn", [0, 2, -1])
def test_only_the_candidates_turns_can_be_mended(turn: int) -> None:
    with pytest.raises(RehearseError):
        mended(HEARD, turn, "anything")
