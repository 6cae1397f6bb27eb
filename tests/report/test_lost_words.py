"""Where words were lost, correcting them comes before another call, at the right turn."""

import dataclasses

from rehearse import wiring
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.rehearsing.assess import appraised
from rehearse.report.result_view import result_view
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import Speaker, Transcript, UnclearPassage, Utterance, words_of_text
from tests.keeping.sample import sample, spoken

WAYS = (
    "I've been thinking about how this job contributes to your business. First, I would cut your "
    "returns backlog, so that customers get their money sooner."
)
YOU = Speaker.CANDIDATE


def held(*turns: Utterance, unclear: tuple[UnclearPassage, ...] = ()) -> Rehearsal:
    """A call with these turns of the person's after the manager's greeting."""
    hello = Utterance(Speaker.MANAGER, words_of_text("Hello, Dana Keller."), 2.0, 4.0)
    transcript = Transcript((hello, *turns)).with_unclear(unclear)
    scorecard = score_transcript(transcript, wiring.load_tagger())
    return appraised(
        dataclasses.replace(
            sample(), transcript=transcript, recognised=None, scorecard=scorecard, coaching=None
        ),
        (),
    )


def test_the_turn_with_the_longest_lost_part_is_to_be_corrected_first() -> None:
    top = result_view(
        held(
            Utterance(YOU, spoken("Hello, it is Noor.", 5.0), 5.0, 9.0),
            Utterance(YOU, spoken(WAYS, 12.0), 12.0, 40.0),
            unclear=(UnclearPassage(7.0, 8.0), UnclearPassage(22.0, 30.0)),
        )
    )
    assert (top.lost_turn, top.lost_all, top.words_first) == (2, False, True)


def test_a_turn_without_a_recognised_word_is_to_be_written() -> None:
    top = result_view(
        held(
            Utterance(YOU, spoken(WAYS, 5.0), 5.0, 20.0),
            Utterance(YOU, (), 25.0, 40.0),
            unclear=(UnclearPassage(26.0, 39.0),),
        )
    )
    assert (top.lost_turn, top.lost_all, top.words_first) == (2, True, True)


def test_who_said_nothing_is_called_again_and_may_still_write() -> None:
    top = result_view(held(Utterance(YOU, (), 5.0, 15.0)))
    assert (top.lost_turn, top.words_first) == (1, False)


def test_nothing_is_lost_in_a_call_that_was_heard() -> None:
    top = result_view(held(Utterance(YOU, spoken(WAYS, 5.0), 5.0, 20.0)))
    assert (top.lost_turn, top.lost_all, top.words_first) == (None, False, False)
