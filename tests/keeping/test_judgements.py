"""What people say about the tool's answers: kept beside the score, which it never changes."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest

from rehearse.errors import RehearseError
from rehearse.keeping.judgements import (
    Judgement,
    Recount,
    judged,
    marked,
    recounted,
    subjects,
    with_judgement,
    without_judgement,
)
from rehearse.keeping.rehearsal import Rehearsal, Versions
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import CallSheet
from rehearse.report.judgement_view import judgements_text, recount_text
from rehearse.report.wording import CRITERIA, day_and_time
from rehearse.scoring.rubric import Criterion, Verdict
from tests.program import rehearse
from tests.talks import talk

NOW = datetime(2026, 11, 28, 21, 30, tzinfo=timezone(timedelta(hours=1)))
TRANSCRIPT, SCORECARD = talk(
    """
    link: I have thought about what this job does for your margins.
    way: I would cut your returns by calling customers first.
    past: I was team lead for three years.
    -: And I know only what is in the papers.
    """
)


def kept(home: Path, *judgements: Judgement) -> Rehearsal:
    folder = Store(home).new(NOW)
    rehearsal = Rehearsal(
        folder.id, NOW.isoformat(), "friendly", 1, CallSheet(), Versions("1"),
        transcript=TRANSCRIPT, scorecard=SCORECARD, judgements=judgements,
    )  # fmt: skip
    folder.save(rehearsal)
    return rehearsal


def test_everything_the_tool_answered_can_be_judged() -> None:
    assert subjects(SCORECARD) == (
        "verdict-business_contribution",
        "verdict-critical_question",
        *[criterion.value for criterion in Criterion],
        "way-1",
    )
    for subject in subjects(SCORECARD):
        assert judged(SCORECARD, subject, True, now=NOW).subject == subject


def test_a_judgement_keeps_what_the_tool_said_and_means_the_same_whatever_it_says_later() -> None:
    missed = judged(SCORECARD, "humility", False, who="Coach", now=NOW, comment="the last words")
    assert (missed.answer, missed.holds) == ("no", True)
    assert missed.at == "2026-11-28T21:30:00+01:00"
    link = judged(SCORECARD, "business_link", False, now=NOW)
    assert (link.answer, link.holds) == ("yes", False)
    way = judged(SCORECARD, "way-1", True, now=NOW)
    assert way.words is not None
    assert way.words.quote == "I would cut your returns by calling customers first."
    verdict = judged(
        SCORECARD, "verdict-business_contribution", False, now=NOW, should_be=Verdict.MISSING
    )
    assert (verdict.answer, verdict.should_be) == ("partly", Verdict.MISSING)


def test_words_are_found_whatever_their_case_and_punctuation() -> None:
    mark = marked(TRANSCRIPT, "i know only what is in the papers", Criterion.HUMILITY, now=NOW)
    assert mark.words is not None
    assert mark.words.quote == "I know only what is in the papers."
    assert mark.words.start_s is not None
    with pytest.raises(RehearseError, match="does not have these words") as error:
        marked(TRANSCRIPT, "a secret nobody said", Criterion.HUMILITY, now=NOW)
    assert "secret" not in str(error.value)


def test_the_last_judgement_of_the_same_person_counts_and_others_stay() -> None:
    first = judged(SCORECARD, "humility", True, who="A", now=NOW)
    other = judged(SCORECARD, "humility", True, who="B", now=NOW)
    again = judged(SCORECARD, "humility", False, who="A", now=NOW)
    all_kept = with_judgement(with_judgement(with_judgement((), first), other), again)
    assert all_kept == (other, again)
    assert without_judgement(all_kept, "humility", "A") == (other,)


def test_a_right_answer_takes_no_other() -> None:
    with pytest.raises(RehearseError, match="needs no other answer"):
        judged(SCORECARD, "humility", True, now=NOW, instead=Criterion.BUSINESS_LINK)


def test_the_score_is_counted_again_only_on_request_and_says_so(tmp_path: Path) -> None:
    judgements = (
        judged(SCORECARD, "business_link", False, who="A", now=NOW),
        marked(TRANSCRIPT, "what is in the papers", Criterion.HUMILITY, who="A", now=NOW),
        judged(SCORECARD, "way-1", False, who="B", now=NOW),
        judged(SCORECARD, "verdict-critical_question", False, who="B", now=NOW,
               should_be=Verdict.COVERED),
    )  # fmt: skip
    by_a, by_b = (recounted(SCORECARD, judgements, who) for who in "AB")
    assert by_a == Recount(SCORECARD.score - 10 + 5, Verdict.PARTLY, Verdict.MISSING)
    assert by_b == Recount(SCORECARD.score - 10, Verdict.PARTLY, Verdict.COVERED)
    assert recounted(SCORECARD, judgements, "").score == SCORECARD.score
    assert recount_text(SCORECARD, judgements, "A") == (
        "Counted again by the judgements of A; what is kept stays as it is.\n"
        "  Score: 20 of 100 (rehearse: 25)\n"
        "  Business contribution: partly covered (rehearse: partly covered)\n"
        "  Critical question: missing (rehearse: missing)"
    )


def test_rehearsals_kept_before_there_were_judgements_still_load(tmp_path: Path) -> None:
    old = json.loads(msgspec.json.encode(kept(tmp_path)))
    del old["judgements"]
    assert msgspec.json.decode(json.dumps(old), type=Rehearsal).judgements == ()


@pytest.mark.slow
def test_judging_in_the_terminal_keeps_both_answers_and_the_score(tmp_path: Path) -> None:
    before = kept(tmp_path)
    listed = rehearse(tmp_path, "judge", before.id)
    assert listed.status == 0, listed.all
    assert "way-1" in listed.out
    said = rehearse(
        tmp_path, "judge", before.id, "humility", "wrong", "--by", "Ms Coach",
        "--comment", "She says so at the end",
    )  # fmt: skip
    assert said.status == 0, said.all
    marks = rehearse(
        tmp_path, "judge", before.id, "--words", "only what is in the papers",
        "--evidence-for", "humility",
    )  # fmt: skip
    assert marks.status == 0, marks.all
    after = Store(tmp_path).folder(before.id).load()
    assert after.scorecard == before.scorecard
    assert [(one.who, one.criterion or one.instead) for one in after.judgements] == [
        ("Ms Coach", Criterion.HUMILITY),
        ("", Criterion.HUMILITY),
    ]
    shown = rehearse(tmp_path, "show", before.id)
    assert judgements_text(after.judgements) in shown.out
    assert f"{CRITERIA[Criterion.HUMILITY]} (rehearse: no): wrong. Ms Coach" in shown.out
    assert shown.out.splitlines()[0] == f"{before.id}   {day_and_time(before.started_at)}"
    assert before.started_at not in shown.out
    as_json = json.loads(rehearse(tmp_path, "show", before.id, "--json").out)
    assert as_json["started_at"] == before.started_at
    assert as_json["judgements"][0]["comment"] == "She says so at the end"
    back = rehearse(tmp_path, "judge", before.id, "humility", "--take-back", "--by", "Ms Coach")
    assert back.status == 0, back.all
    assert len(Store(tmp_path).folder(before.id).load().judgements) == 1


@pytest.mark.slow
def test_a_judgement_of_what_is_not_there_says_what_is(tmp_path: Path) -> None:
    rehearsal = kept(tmp_path)
    wrong = rehearse(tmp_path, "judge", rehearsal.id, "way-7", "right")
    assert wrong.status == 1
    assert "way-1" in wrong.err
    half = rehearse(tmp_path, "judge", rehearsal.id, "humility")
    assert half.status == 1
    assert "right or wrong" in half.err
