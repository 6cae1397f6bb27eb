"""How a talk sounded: figures from words, times and sound."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from rehearse.delivery.delivery import Delivery, delivery
from rehearse.delivery.fillers import Hesitation, hesitations_said, lexical_fillers
from rehearse.delivery.norms import NORMS, norm_of
from rehearse.delivery.pauses import FRAME_S, HOLD_S, longest_breath_s, silences, voiced_spans
from rehearse.delivery.turn_sound import TurnSound, clipped_share, joined, voice_only
from rehearse.delivery.wordiness import hedges, openers, repeats
from rehearse.report.delivery_text import delivery_text
from rehearse.sound import SAMPLE_RATE_HZ
from rehearse.transcript import words_of_text
from tests.talks import talk

PITCH = """
link: I have thought about how this job bears on your business.
way: I would cut your returns by calling customers before they ship back.
ask: How do you expect this job to contribute to the business?
"""


def sound(**more: object) -> TurnSound:
    turn = TurnSound(
        start_s=0.0,
        end_s=15.0,
        voiced_s=((0.0, 4.4), (5.9, 9.0), (9.5, 14.0)),
        level_dbfs=-20.0,
        clipped_share=0.0,
        pitch_hz=np.linspace(100, 200, 200, dtype=np.float32),
        hesitations=(Hesitation("um", 0, 0.0, 0.9),),
    )
    return dataclasses.replace(turn, **more)  # type: ignore[arg-type]


def measured() -> Delivery:
    transcript, scorecard = talk(PITCH)
    return delivery(transcript, (sound(),), scorecard)


def test_pace_counts_words_over_the_time_from_first_to_last_sound() -> None:
    assert measured().words == 34
    assert measured().words_per_minute == pytest.approx(34 / 14.0 * 60)
    assert measured().articulation_per_minute == pytest.approx(34 / 12.0 * 60)


def test_the_loudness_after_gain_control_is_not_called_their_own() -> None:
    transcript, scorecard = talk(PITCH)
    plain = delivery(transcript, (sound(),), scorecard, ("echo cancellation",))
    assert "-20 dBFS; usual" in delivery_text(plain)
    evened = delivery(transcript, (sound(),), scorecard, ("echo cancellation", "gain control"))
    assert "-20 dBFS after the browser's gain control; usual" in delivery_text(evened)


def test_a_pause_is_inside_a_clause_unless_the_clause_ended() -> None:
    pauses = measured().pauses
    assert pauses is not None
    where = [(pause.start_s, pause.inside_clause) for pause in pauses]
    assert where == [(4.4, True), (9.0, False)]


@pytest.mark.parametrize(
    ("before", "after", "inside"),
    [
        ("So I could.", "Bring your returns down.", True),  # the recogniser's guess at a full stop
        ("As the manager, um.", "How do you see it?", True),
        ("And, uh,", "second, I would call them.", True),
        ("I would cut your returns.", "Second, I would call.", False),
        ("I would cut your returns. Um.", "Second, I would call.", False),
        ("I would cut your", "returns by a third.", True),
        ("Hi Dana,", "this is Sam.", False),
    ],
)
def test_a_pause_in_mid_sentence_is_inside_whatever_the_recogniser_writes(
    before: str, after: str, inside: bool
) -> None:
    transcript, scorecard = talk(f"-: {before}\n-: {after}")
    said_s = 0.4 * len(before.split())
    turn = sound(voiced_s=((0.0, said_s - 0.1), (said_s + 0.3, said_s + 2.0)))
    pauses = delivery(transcript, (turn,), scorecard).pauses
    assert [pause.inside_clause for pause in pauses or ()] == [inside]


def test_seconds_to_the_first_way_and_to_the_question() -> None:
    assert measured().first_way_s == pytest.approx(11 * 0.4)
    assert measured().question_s == pytest.approx(23 * 0.4)


def test_melody_is_the_pitch_range_from_the_10th_to_the_90th_percentile() -> None:
    assert measured().pitch_range_semitones == pytest.approx(12 * np.log2(190 / 110), abs=0.1)


def test_typed_text_has_no_figures_that_need_sound_or_time() -> None:
    transcript, scorecard = talk(PITCH, timed=False)
    figures = delivery(transcript, (), scorecard)
    unknown = (
        "talk_s", "words_per_minute", "articulation_per_minute", "pauses", "longest_pause_s",
        "longest_breath_s", "hesitations", "hesitations_per_minute", "share_of_talk",
        "first_way_s", "question_s", "level_dbfs", "clipped_percent", "pitch_range_semitones",
    )  # fmt: skip
    assert [name for name in unknown if getattr(figures, name) is not None] == []
    assert figures.words == 34


def test_without_a_search_for_um_its_count_is_unknown_and_not_zero() -> None:
    transcript, scorecard = talk(PITCH)
    assert delivery(transcript, (sound(hesitations=None),), scorecard).hesitations is None


def test_how_long_the_manager_spoke_after_the_question() -> None:
    transcript, scorecard = talk(PITCH + "manager: That is a very good thing to ask me")
    after = delivery(transcript, (sound(),), scorecard).after_question
    assert after is not None
    assert after.stopped
    assert after.manager_s == pytest.approx(9 * 0.4)


def test_the_report_names_the_band_and_the_recall() -> None:
    text = delivery_text(measured())
    assert "usual: 100 to 165 words a minute" in text
    assert "at least 1" in text
    assert "are found" in text


def test_voice_and_silence_come_from_the_frames_of_the_detector() -> None:
    frames = np.array([0.9] * 30 + [0.1] * 20 + [0.9] + [0.1] * 20 + [0.9] * 30)
    spans = voiced_spans(frames)
    assert len(spans) == 2
    ((start_s, end_s),) = silences(spans)
    assert start_s == pytest.approx(30 * FRAME_S - HOLD_S)
    assert end_s == pytest.approx(71 * FRAME_S)
    assert longest_breath_s(spans) == pytest.approx(30 * FRAME_S - HOLD_S)
    assert longest_breath_s(()) is None


def test_a_turn_measured_in_pieces_is_one_turn() -> None:
    first = sound(end_s=15.0, hesitations=(Hesitation("um", 2, 1.0, 0.9),))
    quiet = sound(start_s=15.0, end_s=15.5, voiced_s=(), level_dbfs=None, hesitations=None)
    last = sound(
        start_s=15.5,
        end_s=20.5,
        voiced_s=((16.0, 20.0),),
        level_dbfs=-20.0,
        clipped_share=0.41,
        hesitations=(Hesitation("uh", 1, 17.0, 0.9),),
    )
    turn = joined([(first, 5), (quiet, 0), (last, 3)], 0.0, 23.0)
    assert (turn.start_s, turn.end_s) == (0.0, 23.0)
    assert turn.voiced_s == (*first.voiced_s, (16.0, 20.0))
    assert turn.level_dbfs == pytest.approx(-20.0)
    assert turn.clipped_share == pytest.approx(0.1)
    assert len(turn.pitch_hz) == 600
    assert [(one.text, one.before) for one in turn.hesitations or ()] == [("um", 2), ("uh", 6)]
    assert joined([(first, 5), (quiet, 1)], 0.0, 23.0).hesitations is None, "not looked for"


def test_a_run_of_samples_at_full_scale_is_clipping_and_a_single_one_is_not() -> None:
    samples = np.zeros(1000, dtype=np.float32)
    samples[10] = 1.0
    assert clipped_share(samples) == 0.0
    samples[20:30] = -1.0
    assert clipped_share(samples) == pytest.approx(0.01)


def test_voice_only_is_thinned_for_long_turns() -> None:
    samples = np.ones(SAMPLE_RATE_HZ * 40, dtype=np.float32)
    voiced = tuple((float(second), second + 0.5) for second in range(40))
    kept = voice_only(samples, voiced, 0.0, 10.0)
    assert len(kept) == SAMPLE_RATE_HZ * 10


@pytest.mark.parametrize(
    ("text", "fillers"),
    [
        ("I like this job.", []),
        ("I would like to help a company like yours.", []),
        ("It looks like a good place.", []),
        ("Like I said, returns cost you.", []),
        ("It was, like, ten hours.", ["like"]),
        ("And like we could do more.", ["like"]),
        ("Do you know when you decide?", []),
        ("As you know, returns cost you.", []),
        ("If you know the planners.", []),
        ("I could, you know, shorten the closing.", ["you know"]),
        ("What kind of customers are those?", []),
        ("It is kind of slow.", ["kind of"]),
        ("Your kind of customer pays late.", []),
        ("You know it, I don't.", []),
        ("What I mean is this.", []),
        ("I mean, we could do it.", ["i mean"]),
        ("So, I have been thinking.", ["so"]),
        ("It costs less so that revenue starts sooner.", []),
        ("So far it was good.", []),
    ],
)
def test_fillers_are_not_the_same_words_with_a_meaning(text: str, fillers: list[str]) -> None:
    assert [filler.text for filler in lexical_fillers(words_of_text(text))] == fillers


def test_um_in_the_words_and_in_the_sound_counts_once() -> None:
    words = words_of_text("So, um, I would cut returns")
    found = (Hesitation("um", 1, 0.5, 0.9), Hesitation("uh", 4, 2.0, 0.5))
    assert [filler.text for filler in hesitations_said(words, found)] == ["um", "uh"]


def test_hedges_openers_and_repeated_words() -> None:
    words = words_of_text(
        "Sorry to bother you, I just wanted to, I guess, talk to, uh, to you. It is very very big."
    )
    assert [phrase.text for phrase in openers(words)] == [
        "sorry to bother you", "i just wanted to",
    ]  # fmt: skip
    assert [phrase.text for phrase in hedges(words)] == ["i guess"]
    assert [phrase.text for phrase in repeats(words)] == ["to to"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Hello, this is Tom Tom Becker.", []),
        ("Tom Tom Becker here.", []),
        ("Is that Dana? Bora Bora is far.", []),
        ("The the orders wait, and I I would call.", ["the the", "i i"]),
        ("WE WE CALL", ["we we"]),
        ("Ask Dana. Dana knows, she she knows.", ["dana dana", "she she"]),
    ],
)
def test_a_name_of_the_same_word_twice_is_not_said_twice(said: str, found: list[str]) -> None:
    assert [phrase.text for phrase in repeats(words_of_text(said))] == found


def test_each_norm_has_a_reason_a_source_and_a_figure_of_delivery() -> None:
    figures = {field.name for field in dataclasses.fields(Delivery)}
    for norm in NORMS:
        assert norm.figure in figures
        assert norm.reason
        assert norm.source
        assert norm.low is not None or norm.high is not None


def test_a_norm_is_a_range() -> None:
    pace = norm_of("words_per_minute")
    assert pace is not None
    assert [pace.place(value) for value in (90, 130, 190)] == ["below", "within", "above"]


def test_the_documentation_shows_the_table_of_norms() -> None:
    text = (Path(__file__).parents[2] / "docs" / "delivery.md").read_text(encoding="utf-8")
    for norm in NORMS:
        row = f"| {norm.name} | {norm.band} {norm.unit} | {norm.reason} | {norm.source} |"
        assert row in text
