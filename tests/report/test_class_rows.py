"""A class's row says where its score tells little about the person."""

import dataclasses

from rehearse.keeping.rehearsal import Rehearsal, Versions
from rehearse.preparing.call_sheet import CallSheet
from rehearse.report.class_rows import class_row, result_line
from rehearse.report.class_view import class_view
from rehearse.report.page import talk as page_talk
from rehearse.report.wording import NO_WORDS_TYPED, NOTHING_RECOGNISED
from rehearse.scoring.recognition import Recognition
from rehearse.scoring.rubric import Verdict
from rehearse.scoring.scorecard import Scorecard
from rehearse.transcript import Transcript
from tests.talks import talk

TRANSCRIPT, SCORECARD = talk("link: I have thought about what this job does for your margins.")


def rehearsal(transcript: Transcript, scorecard: Scorecard) -> Rehearsal:
    return Rehearsal("", "", "", 0, CallSheet(), Versions("1"), transcript=transcript,
                     scorecard=scorecard)  # fmt: skip


def test_silence_another_language_and_lost_words_are_named_and_good_sound_is_not() -> None:
    few = dataclasses.replace(SCORECARD, recognition=Recognition(3, 20))
    german = dataclasses.replace(SCORECARD, language="de")
    found = {
        "good": rehearsal(TRANSCRIPT, SCORECARD),
        "silent": rehearsal(Transcript(()), SCORECARD),
        "noisy": rehearsal(TRANSCRIPT, few),
        "german": rehearsal(TRANSCRIPT, german),
    }
    rows = [class_row(name, f"{name}.wav", one, "") for name, one in found.items()]
    assert [row.note for row in rows] == [
        "",
        "No speech was recognised in it.",
        "Too few words were understood to score it.",
        "It does not seem to be English, and only English is scored.",
    ]
    assert [row.person for row in class_view("A class", rows).doubtful] == [
        "silent", "noisy", "german",
    ]  # fmt: skip


def test_a_talk_with_nothing_to_score_is_in_no_figure_of_the_group() -> None:
    pitches = [talk("link: It helps your margins.\nway: I would cut your returns.") for _ in "ab"]
    hello = talk("-: Hello, is anybody there?")
    few = dataclasses.replace(
        hello[1], recognition=Recognition(3, 20), business_contribution=Verdict.COULDNT_HEAR,
        critical_question=Verdict.COULDNT_HEAR,
    )  # fmt: skip
    talks = [hello, *pitches, (hello[0], few), (Transcript(()), hello[1])]
    rows = [class_row(f"P{n}", f"{n}.wav", rehearsal(*one), "") for n, one in enumerate(talks)]
    assert [row.nothing_to_score for row in rows] == [True, False, False, True, True]
    assert [row.score is None for row in rows] == [True, False, False, True, True]
    view = class_view("A class", rows, ranked=True)
    assert (view.people, view.nothing) == (2, 3)
    score = pitches[0][1].score
    (scores,) = [one for one in view.distributions if one.name == "Score"]
    assert f"half of the 2 are between {score} and {score} of 100" in scores.summary
    assert {bar.name: bar.share for bar in view.missed}[
        "Said how the job helps the business"
    ] == 100
    assert [sum(part.count for part in bar.parts) for bar in view.verdicts] == [2, 2]
    assert [row.score for row in view.rows] == [str(score), str(score), "–", "–", "–"]


def test_nothing_is_missing_from_a_silent_recording() -> None:
    silent = (Transcript(()), talk("-: Hello?")[1])
    lost = dataclasses.replace(
        silent[1], recognition=Recognition(3, 20), business_contribution=Verdict.COULDNT_HEAR,
        critical_question=Verdict.COULDNT_HEAR,
    )  # fmt: skip
    talks = [(TRANSCRIPT, SCORECARD), silent, (TRANSCRIPT, lost)]
    rows = [class_row(f"P{n}", f"{n}.wav", rehearsal(*one), "") for n, one in enumerate(talks)]
    good, blank, unheard = class_view("A class", rows).rows
    assert (blank.contribution, blank.question) == (None, None)
    assert (blank.ways, blank.score, blank.pace, blank.question_s) == ("–",) * 4
    assert unheard.contribution is not None
    assert unheard.contribution[0] == Verdict.COULDNT_HEAR
    assert (unheard.ways, good.ways) == ("–", "0")


def test_the_page_of_a_silent_recording_speaks_of_no_call() -> None:
    silence = dataclasses.replace(rehearsal(*talk("")), typed=False)
    shown = page_talk(silence)
    assert shown is not None
    assert shown.instead == NOTHING_RECOGNISED
    shown = page_talk(dataclasses.replace(silence, typed=True))
    assert shown is not None
    assert shown.instead == NO_WORDS_TYPED


def test_what_reading_left_out_is_in_the_row_and_in_the_result() -> None:
    notes = ("The recording is damaged: what could not be decoded was left out, at 0:09.",)
    one = rehearsal(TRANSCRIPT, SCORECARD)
    assert class_row("Anna", "anna.wav", one, "", notes).note == notes[0]
    assert result_line("Anna", "anna.wav", one, notes)["notes"] == list(notes)
