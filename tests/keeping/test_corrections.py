"""Correcting a turn: unchanged words keep their times, new ones share."""

import pytest

from rehearse.errors import RehearseError
from rehearse.keeping.corrections import changes, corrected, with_turns, without_wordless
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
    return corrected(HEARD, 1, text).utterances[1].words


def test_unchanged_words_keep_their_times_undoubted_and_new_ones_share_those_they_replace() -> None:
    assert words("cut your turn over") == (
        Word("cut", 2.0, 2.4),
        Word("your", 2.4, 2.6),
        Word("turn", pytest.approx(2.6), pytest.approx(2.8)),  # type: ignore[arg-type]
        Word("over", pytest.approx(2.8), pytest.approx(3.0)),  # type: ignore[arg-type]
    )


def test_words_can_be_inserted_in_a_gap_and_deleted() -> None:
    assert words("So cut your tern")[0] == Word("So", 1.0, 2.0)
    assert [word.text for word in words("cut tern")] == ["cut", "tern"]
    assert words("   ") == ()


def test_a_corrected_turn_has_no_unclear_passage_any_more() -> None:
    assert corrected(HEARD, 1, "cut your turn").unclear_s == ((6.0, 7.0),)


def test_each_changed_word_shows_what_was_transcribed() -> None:
    before = HEARD.utterances[1].words
    assert changes(before, words("cut your turn")) == [None, None, "tern"]
    assert changes(before, words("So cut your tern")) == ["", None, None, None]


@pytest.mark.parametrize("turn", [0, 2, -1])
def test_only_the_candidates_turns_can_be_corrected(turn: int) -> None:
    with pytest.raises(RehearseError):
        corrected(HEARD, turn, "anything")


def test_a_turn_without_recognised_words_can_be_filled_in() -> None:
    turns = [(1.0, 4.0), (5.5, 8.0), (8.2, 8.6)]  # the last is the moment of hanging up
    whole = with_turns(HEARD, turns)
    assert whole.utterances == (*HEARD.utterances, Utterance(Speaker.CANDIDATE, (), 5.5, 8.0))
    assert with_turns(whole, turns) == whole
    written = corrected(whole, 2, "hello there")
    assert written.utterances[2].words == (Word("hello", 6.0, 6.5), Word("there", 6.5, 7.0))
    assert written.unclear_s == ((3.0, 3.9),)
    assert without_wordless(whole) == HEARD


def test_without_an_unclear_passage_inserted_words_share_the_whole_turn() -> None:
    whole = with_turns(HEARD, [(8.0, 10.0)])
    assert corrected(whole, 2, "yes please").utterances[2].words == (
        Word("yes", 8.0, 9.0),
        Word("please", 9.0, 10.0),
    )


def test_turns_are_in_order_of_time() -> None:
    goodbye = Utterance(Speaker.MANAGER, (Word("Bye."),), 8.5, 9.0)
    call = Transcript((*HEARD.utterances, goodbye))
    whole = with_turns(call, [(1.0, 4.0), (5.5, 8.0)])
    assert [one.start_s for one in whole.utterances] == [0.0, 1.0, 5.5, 8.5]
