"""`rehearse agree`: what a coach's table or judgements say about the tool."""

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.keeping.judgements import judged, marked
from rehearse.keeping.rehearsal import Rehearsal, Versions
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.labelled import talks_of_store, talks_of_table
from rehearse.report.agreement_text import agreement_text
from rehearse.report.class_rows import result_line
from rehearse.report.wording import CRITERIA
from rehearse.scoring.agreement import Labels
from rehearse.scoring.rubric import Criterion, Verdict
from tests.program import rehearse
from tests.talks import talk

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 28, 21, 0, tzinfo=UTC)
TRANSCRIPT, SCORECARD = talk(
    """
    -: Hi Dana, this is Anna Miller.
    link: I have thought about what this job does for your margins.
    way: I would cut your returns by calling customers first.
    -: And I know only what is in the papers.
    """
)


def rehearsal(rehearsal_id: str = "") -> Rehearsal:
    return Rehearsal(
        rehearsal_id, NOW.isoformat(), "", 1, CallSheet(), Versions("1"), title="Anna Miller",
        transcript=TRANSCRIPT, scorecard=SCORECARD,
    )  # fmt: skip


def labelled_class(folder: Path, person: str, files: list[str], labels: str) -> None:
    """The results of a class and a coach's labels.csv beside them."""
    results = [json.dumps(result_line(person, file, rehearsal())) for file in files]
    (folder / "results.jsonl").write_text("\n".join(results) + "\n")
    (folder / "labels.csv").write_text(labels)


@pytest.fixture
def judged_home(tmp_path: Path) -> Path:
    folder = Store(tmp_path).new(NOW)
    judgements = (
        judged(SCORECARD, "business_link", False, who="Ms Coach", now=NOW, comment="a phrase"),
        judged(SCORECARD, "way-1", True, who="Ms Coach", now=NOW),
        marked(TRANSCRIPT, "only what is in", Criterion.HUMILITY, who="Ms Coach", now=NOW),
        judged(SCORECARD, "verdict-business_contribution", False, who="Ms Coach", now=NOW,
               should_be=Verdict.MISSING),
        judged(SCORECARD, "business_link", True, now=NOW),
    )  # fmt: skip
    folder.save(dataclasses.replace(rehearsal(folder.id), judgements=judgements))
    return tmp_path


def test_a_coachs_judgements_are_labels_and_disagreements_have_their_quotes(
    judged_home: Path,
) -> None:
    [one] = talks_of_store(Store(judged_home))
    coach = one.people["Ms Coach"]
    assert coach.criteria == {
        Criterion.BUSINESS_LINK: False, Criterion.CONTRIBUTIONS: True, Criterion.HUMILITY: True,
    }  # fmt: skip
    assert (coach.ways, coach.verdicts) == (1, {"business_contribution": "missing"})
    text = agreement_text([one], "rehearse", "Ms Coach")
    assert f"{CRITERIA[Criterion.BUSINESS_LINK]}: rehearse yes, Ms Coach no" in text
    assert '"I have thought about what this job does for your margins."' in text
    assert "Ms Coach: a phrase" in text
    assert "These are few talks: the intervals are wide." in text
    assert "0.00 (no interval)" in text  # not "0.00 (-0.00 to 0.00)", which claims certainty


def test_judges_who_count_other_ways_disagree(judged_home: Path) -> None:
    [one] = talks_of_store(Store(judged_home))
    coach = Labels({Criterion.CONTRIBUTIONS: True}, {}, ways=3)
    text = agreement_text([dataclasses.replace(one, people={"Ann": coach})], "rehearse", "Ann")
    assert f"{CRITERIA[Criterion.CONTRIBUTIONS]}: rehearse 1, Ann 3" in text


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    nowhere = rehearse(tmp_path, "agree", tmp_path / "nowhere")
    assert nowhere.status == 1
    assert f"There is no {tmp_path / 'nowhere'}" in nowhere.err


def test_the_export_shows_what_it_holds_and_has_no_names(judged_home: Path) -> None:
    file = judged_home / "labels.jsonl"
    asked = rehearse(judged_home, "agree", "--export", file, stdin="n\n")
    assert asked.status != 0
    assert not file.exists()
    assert "[name]" in asked.out
    assert "Nothing was written." in rehearse(judged_home, "agree", "--export", file, stdin="").all
    done = rehearse(judged_home, "agree", "--export", file, "--yes")
    assert done.status == 0, done.all
    [line] = [json.loads(one) for one in file.read_text().splitlines()]
    assert line["people"][0]["criteria"]
    for name in ("Anna", "Miller", "Dana", "Coach"):
        assert name not in file.read_text()


def test_the_export_of_a_class_with_names_has_none(tmp_path: Path) -> None:
    labelled_class(
        tmp_path, "Anna Miller", ["anna.wav"], "file,who,business_link\nanna.wav,Bob,yes\n"
    )
    done = rehearse(tmp_path, "agree", tmp_path, "--export", tmp_path / "out.jsonl", "--yes")
    assert done.status == 0, done.all
    written = (tmp_path / "out.jsonl").read_text()
    assert "I would cut your returns" in written
    for name in ("Anna", "anna", "Miller", "Dana", "Bob"):
        assert name not in written


def test_a_table_beside_the_results_of_a_class(tmp_path: Path) -> None:
    labelled_class(
        tmp_path,
        "Anna",
        [f"{n}.wav" for n in range(3)],
        "file,who,business_link,contributions,humility,verdict_critical_question,comment\n"
        "0.wav,Ann,yes,1,no,missing,\n"
        "0.wav,Bob,no,1,no,missing,too vague\n"
        "1.wav,Ann,no,0,,,\n"
        "2.wav,,,,,,\n",
    )
    done = rehearse(tmp_path, "agree", tmp_path)
    assert done.status == 0, done.all
    assert "rehearse and Ann: 2 talks judged by both" in done.out
    assert "Ann and Bob: 1 talk judged by both" in done.out
    assert "Bob: too vague" in done.out
    assert len(list(talks_of_table(tmp_path / "labels.csv"))) == 2
    (tmp_path / "labels.csv").write_text("file,humility\n0.wav,perhaps\n")
    odd = rehearse(tmp_path, "agree", tmp_path / "labels.csv")
    assert odd.status == 1
    assert "line 2: the cell under 'humility'" in odd.err


def test_a_table_as_people_type_it(tmp_path: Path) -> None:
    labelled_class(
        tmp_path,
        "Anna",
        [f"{n}.wav" for n in range(2)],
        "file;who;humility;verdict_business_contribution\n"
        "0.wav;Ann;Yes;Partly covered\n"
        "1.wav;ann ;NO;Missing\n"
        "1.wav;Bob;no;missing\n",
    )
    talks = list(talks_of_table(tmp_path / "labels.csv"))
    assert [list(talk.people) for talk in talks] == [["Ann"], ["Ann", "Bob"]]
    assert talks[0].people["Ann"].verdicts == {"business_contribution": "partly"}
    done = rehearse(tmp_path, "agree", tmp_path, "--between", "ann", "bob")
    assert "Ann and Bob: 1 talk judged by both" in done.out


def test_a_verdict_that_is_only_called_wrong_is_a_disagreement_too(tmp_path: Path) -> None:
    judgements = (
        judged(SCORECARD, "verdict-critical_question", False, who="Ann", now=NOW, comment="unfair"),
        judged(SCORECARD, "business_link", True, who="You", now=NOW),
    )
    assert [one.who for one in judgements] == ["Ann", ""]  # the page calls the speaker "You"
    folder = Store(tmp_path).new(NOW)
    folder.save(dataclasses.replace(rehearsal(folder.id), judgements=judgements))
    talks = list(talks_of_store(Store(tmp_path)))
    text = agreement_text(talks, "rehearse", "Ann")
    assert "no answer that both gave" in text
    assert "verdict critical_question: rehearse missing, Ann: wrong\n      Ann: unfair" in text
    assert agreement_text(talks, "Ann", "the person who spoke") == (
        "Ann and the person who spoke: no answer that both gave"
    )


def test_an_export_that_cannot_be_written_says_so(judged_home: Path) -> None:
    file = judged_home / "nowhere" / "labels.jsonl"
    done = rehearse(judged_home, "agree", "--export", file, "--yes")
    assert done.status == 1
    assert f"{file} cannot be written" in done.err


def test_nothing_judged_says_how_to(tmp_path: Path) -> None:
    done = rehearse(tmp_path, "agree")
    assert done.status == 1
    assert f"rehearse --home {tmp_path} judge" in done.err
