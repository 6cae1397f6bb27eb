"""The files of a class: nobody else's are touched, two runs do not mix, old names do not stay."""

import json
import re
import threading
from pathlib import Path

import msgspec
import pytest

from rehearse.cli.class_output import PARQUET, make_folder, write_class
from rehearse.errors import RehearseError
from rehearse.keeping.class_results import ClassResult, ClassResults
from rehearse.keeping.rehearsal import Rehearsal, Versions
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.class_plan import Entry
from rehearse.rehearsing.class_run import ClassRun, KeyedEntry
from rehearse.rehearsing.class_scoring import Identity
from rehearse.report.wording import NOTHING_RECOGNISED
from rehearse.transcript import Transcript
from rehearse.web.class_page import ClassPages
from tests.talks import talk

IDENTITY = Identity("1", "t", "t", "1", True)
TRANSCRIPT, SCORECARD = talk("link: I have thought with Priya about what this job does for you.")


def run_of(home: Path, *people: str) -> tuple[ClassRun, ClassResults]:
    """Everybody said the same; each in a file of their own."""
    rehearsal = Rehearsal("", "", "", 0, CallSheet(), Versions("1"), transcript=TRANSCRIPT,
                          scorecard=SCORECARD)  # fmt: skip
    results = ClassResults(home)
    results.save("abcd", msgspec.json.encode(ClassResult(rehearsal, ())))
    keyed = [
        KeyedEntry(
            Entry(person, f"{number}.wav", home / "x.wav", CallSheet()), f"{number}" * 64, "abcd"
        )
        for number, person in enumerate(people)
    ]
    return ClassRun(keyed, IDENTITY), results


def write(home: Path, folder: Path, *people: str, anonymous: bool = False) -> None:
    run, results = run_of(home, *people)
    make_folder(folder)
    write_class(
        run, results, folder, ClassPages(home), title="A class", anonymous=anonymous,
        ranked=False, parquet=False, on_written=lambda: None,
    )  # fmt: skip


def test_the_page_of_somebody_silent_has_no_rule_with_nothing_under_it(tmp_path: Path) -> None:
    silence = Rehearsal("", "", "", 0, CallSheet(), Versions("1"), transcript=Transcript(()),
                        scorecard=talk("")[1])  # fmt: skip
    page = ClassPages(tmp_path).person(silence)
    assert NOTHING_RECOGNISED in page
    assert 'class="why"' not in page
    assert not re.findall(r"<p[^>]*>\s*</p>", page)
    spoke = Rehearsal("", "", "", 0, CallSheet(), Versions("1"), transcript=TRANSCRIPT,
                      scorecard=SCORECARD)  # fmt: skip
    assert 'class="why"' in ClassPages(tmp_path).person(spoke)


def everything(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.suffix in (".html", ".csv", ".jsonl")]
    return "\n".join(f"{path.name} {path.read_text(encoding='utf-8')}" for path in files)


def test_a_name_that_is_known_only_in_the_second_run_is_gone_from_the_persons_page(
    tmp_path: Path,
) -> None:
    write(tmp_path, tmp_path / "out", "memo 1", anonymous=True)
    assert "Priya" in everything(tmp_path / "out")
    write(tmp_path, tmp_path / "out", "Priya Rao", anonymous=True)
    assert "Priya" not in everything(tmp_path / "out")


def test_one_person_has_one_number_in_all_recordings(tmp_path: Path) -> None:
    write(tmp_path, tmp_path / "out", "Ann", "Ben", "Ann", anonymous=True)
    lines = (tmp_path / "out" / "results.jsonl").read_text().splitlines()
    assert [json.loads(line)["person"] for line in lines] == ["P0001", "P0002", "P0001"]
    assert len({json.loads(line)["file"] for line in lines}) == 3


def test_pages_of_others_in_the_folder_stay_and_old_pages_of_the_class_go(tmp_path: Path) -> None:
    people = tmp_path / "out" / "people"
    write(tmp_path, tmp_path / "out", "Ann", "Ben")
    (people / "my notes.html").write_text("mine")
    (people / "Ann-0123abcd.html.new").write_text("half written when the power went")
    write(tmp_path, tmp_path / "out", "Ann")
    assert sorted(path.name.split("-")[0] for path in people.iterdir()) == ["Ann", "my notes.html"]


def test_a_table_of_an_earlier_run_does_not_stay_beside_newer_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rehearse.cli.class_output.parquet_is_installed", lambda: False)
    make_folder(tmp_path / "out")
    (tmp_path / "out" / PARQUET).write_bytes(b"of an earlier run, with names")
    write(tmp_path, tmp_path / "out", "Ann", anonymous=True)
    assert not (tmp_path / "out" / PARQUET).exists()


def test_two_runs_into_one_folder_write_one_after_the_other(tmp_path: Path) -> None:
    run, results = run_of(tmp_path, "Ann", "Ben")
    make_folder(tmp_path / "out")
    other = threading.Thread(target=write, args=(tmp_path, tmp_path / "out", "Cy"))
    started = []

    def start_the_other() -> None:
        if not started:
            started.append(other.start())

    write_class(
        run, results, tmp_path / "out", ClassPages(tmp_path), title="A class", anonymous=False,
        ranked=False, parquet=False, on_written=start_the_other,
    )  # fmt: skip
    other.join()
    lines = (tmp_path / "out" / "results.jsonl").read_text().splitlines()
    assert [json.loads(line)["person"] for line in lines] == ["Cy"]
    assert [path.name[:3] for path in (tmp_path / "out" / "people").iterdir()] == ["Cy-"]


def test_a_folder_that_cannot_be_made_is_an_error_before_anything_is_scored(
    tmp_path: Path,
) -> None:
    (tmp_path / "out").write_text("a file in its place")
    with pytest.raises(RehearseError, match="cannot be written"):
        make_folder(tmp_path / "out")
