"""Drills: one part of the call, 20 seconds a round; and the model pitch."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.calling.events import (
    Event,
    Listening,
    ManagerSaid,
    TurnBegan,
    TurnEnd,
    TurnEnded,
)
from rehearse.calling.line import Key
from rehearse.calling.turn_taking import Patience
from rehearse.engines.audio.wav_line import WavLine
from rehearse.rehearsing.drill import (
    EXERCISES,
    ROUND_S,
    DrillEngines,
    Part,
    Round,
    clean_in_a_row,
    hold_round,
    judge,
)
from rehearse.report.drill_text import TITLES, round_text, round_view, tally
from rehearse.sound import SAMPLE_RATE_HZ, Samples, seconds, silence
from rehearse.transcript import Word, words_of_text
from tests.talks import MarkedTagger, talk

QUESTION = "ask: How do you expect this job to contribute to the business?"
WAY = "way: I would cut your returns."


def judged(part: Part, text: str) -> Round:
    transcript, scorecard = talk(text)
    return judge(part, scorecard, transcript)


def test_asking_the_question_and_stopping_is_a_clean_round() -> None:
    one = judged(Part.QUESTION, QUESTION)
    assert one.clean
    assert "  [x] Then you stopped\n  Clean, in " in round_text(one)


@pytest.mark.parametrize("part", [Part.QUESTION, Part.ALL])
def test_asking_the_question_and_talking_on_is_not_clean(part: Part) -> None:
    before = ["link: I have thought about your business."] if part is Part.ALL else []
    said = "\n".join([*before, *[WAY] * EXERCISES[part].ways, QUESTION])
    assert judged(part, said).clean
    over = judged(
        part, f"{said}\n-: I ask because at my last firm nobody ever told me what it was all for."
    )
    assert not over.clean
    assert over.advice == (
        "You asked it, then talked on. Stop at the question and count to three: in a call, the "
        "manager answers."
    )
    assert "[x] Asked how they expect the job to contribute" in round_text(over)
    assert "[ ] Then you stopped" in round_text(over)


def test_a_word_of_thanks_after_the_question_does_not_count_as_talking_on() -> None:
    assert judged(Part.QUESTION, f"{QUESTION}\n-: I'd love to hear that.").clean


def test_a_part_without_the_question_does_not_mention_stopping() -> None:
    assert "stopped" not in round_text(judged(Part.WAY1, WAY))


def test_another_part_does_not_make_it_clean() -> None:
    one = judged(Part.QUESTION, WAY)
    assert not one.clean
    assert round_text(one) == (
        '  You: "I would cut your returns."\n'
        "  [ ] Asked how they expect the job to contribute\n"
        "  Ask: as the manager, how do you expect this job to contribute to the business?"
    )
    view = round_view(one)
    assert (view.verdict, view.result) == ("not yet", EXERCISES[Part.QUESTION].advice)


def test_the_drill_of_ways_expects_three() -> None:
    assert not judged(Part.WAYS, WAY).clean
    assert judged(Part.WAY1, WAY).clean
    assert judged(Part.WAYS, "\n".join([WAY] * 3)).clean
    assert "[ ] Ways you would add to their success: 1 of 3" in round_text(judged(Part.WAYS, WAY))
    more_than_enough = judged(Part.WAYS, "\n".join([WAY] * 4))
    assert "[x] Ways you would add to their success: 3 of 3" in round_text(more_than_enough)


def test_three_clean_rounds_in_a_row() -> None:
    clean, not_yet = judged(Part.WAY1, WAY), judged(Part.WAY1, QUESTION)
    assert clean_in_a_row([clean, not_yet, clean, clean]) == 2
    assert clean_in_a_row([]) == 0
    assert tally([clean, not_yet]) == "1 of 2 rounds clean."
    assert tally([not_yet]) == "0 of 1 round clean."
    assert tally([not_yet, clean, clean, clean]) == "3 clean rounds in a row. On to a whole call"


def test_every_part_has_a_cue_a_task_and_advice() -> None:
    for part in Part:
        assert EXERCISES[part].cue
        assert EXERCISES[part].task
        assert EXERCISES[part].advice
        assert TITLES[part]


class LevelDetector:
    def accept(self, block: Samples) -> float:
        return float(np.abs(block).max() > 0.1)

    def reset(self) -> None:
        pass


class NoKeys:
    def pressed(self) -> Key | None:
        return None


class Counted:
    """A Transcriber whose words say how long the sound was."""

    name = "counted"
    length_s = 0.0

    def transcribe(self, samples: Samples, *, offset_s: float = 0.0) -> tuple[Word, ...]:
        self.length_s = seconds(len(samples))
        return words_of_text("anything")


def hold(voice_s: float, events: list[Event] | None = None) -> tuple[Round | None, float]:
    clip = np.full(round(voice_s * SAMPLE_RATE_HZ), 0.5, dtype=np.float32)
    transcriber = Counted()
    engines = DrillEngines(
        line=WavLine([clip]),
        controls=NoKeys(),
        detector=LevelDetector(),
        transcriber=transcriber,
        tagger=MarkedTagger([]),
        speak=lambda text: silence(0.5),
    )
    emit = (lambda _: None) if events is None else events.append
    return hold_round(Part.OPENING, engines, Patience(1.0), emit), transcriber.length_s


def test_a_round_ends_after_silence() -> None:
    one, length_s = hold(3.0)
    assert one is not None
    assert 3.5 < length_s < 5.0


def test_a_round_ends_after_twenty_seconds_in_any_case() -> None:
    _, length_s = hold(30.0)
    assert abs(length_s - ROUND_S) < 0.1


def test_a_round_emits_events_like_a_call() -> None:
    events: list[Event] = []
    hold(3.0, events)
    cue, began, *ticks, ended = events
    assert isinstance(cue, ManagerSaid)
    assert (cue.text, cue.end_s) == (EXERCISES[Part.OPENING].cue, 0.5)
    assert isinstance(began, TurnBegan)
    assert 0.4 < began.at_s < 0.8
    assert all(isinstance(tick, Listening) for tick in ticks)
    assert ended == TurnEnded(ended.at_s, TurnEnd.SILENCE)
