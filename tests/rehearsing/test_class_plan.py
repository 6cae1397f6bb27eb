"""Which recordings make a class, whose they are, and when a result is the same."""

import dataclasses
from pathlib import Path

import pytest

from rehearse.errors import RehearseError
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.class_plan import plan_of_csv, plan_of_folder
from rehearse.rehearsing.class_scoring import Identity, result_key

IDENTITY = Identity("1.0", "tiny.en", "tagger 1", "1", True)


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def test_a_folder_at_any_depth_in_the_order_people_expect(tmp_path: Path) -> None:
    put(tmp_path, "memo-10.m4a", "memo-2.M4A", "late/anna.opus", "late/.hidden.wav", "typed.txt",
        "memo-2.txt", "plan.docx", "out/old.wav")  # fmt: skip
    plan = plan_of_folder(tmp_path, tmp_path / "out")
    assert [(one.person, one.file) for one in plan.entries] == [
        ("late/anna", "late/anna.opus"),
        ("memo-2", "memo-2.M4A"),
        ("memo-10", "memo-10.m4a"),
        ("typed", "typed.txt"),
    ]
    assert plan.left_out == ((".docx", 1), (".txt", 1))


def test_a_folder_without_recordings_says_so(tmp_path: Path) -> None:
    put(tmp_path, "letter.docx")
    with pytest.raises(RehearseError, match="no recordings"):
        plan_of_folder(tmp_path, tmp_path / "out")


@pytest.mark.parametrize("mark", [",", ";"])
def test_a_table_names_person_file_and_sheet(tmp_path: Path, mark: str) -> None:
    sheet = CallSheet(manager="Dana Keller")
    lines = ["Person,File,Call sheet", "Anna,a.wav,northwind", ",b.wav,", ",,"]
    table = tmp_path / "class.csv"
    table.write_text("\n".join(lines).replace(",", mark), encoding="utf-8-sig")
    plan = plan_of_csv(table, {"northwind": sheet}.__getitem__)
    assert [(one.person, one.path, one.sheet) for one in plan.entries] == [
        ("Anna", tmp_path / "a.wav", sheet),
        ("b", tmp_path / "b.wav", CallSheet()),
    ]


def test_a_table_without_its_columns_says_which(tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text("name,recording\nA,a.wav\n")
    with pytest.raises(RehearseError, match="'person' and 'file'"):
        plan_of_csv(tmp_path / "class.csv", {}.__getitem__)


def test_a_key_depends_on_content_sheet_and_versions_and_on_nothing_else() -> None:
    key = result_key("aa", "anna.wav", CallSheet(), IDENTITY)
    assert key == result_key("aa", "other/name.m4a", CallSheet(), IDENTITY)
    others = [
        result_key("ab", "anna.wav", CallSheet(), IDENTITY),
        result_key("aa", "anna.txt", CallSheet(), IDENTITY),
        result_key("aa", "anna.wav", CallSheet(job="Clerk"), IDENTITY),
        *(
            result_key("aa", "anna.wav", CallSheet(), dataclasses.replace(IDENTITY, **{field: "2"}))
            for field in ("rehearse", "transcriber", "tagger", "rubric")
        ),
        result_key("aa", "anna.wav", CallSheet(), dataclasses.replace(IDENTITY, fluency=False)),
    ]
    assert len({key, *others}) == len(others) + 1
