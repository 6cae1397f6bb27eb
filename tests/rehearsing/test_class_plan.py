"""Which recordings make a class, whose they are, and when a result is the same."""

import dataclasses
import os
import sys
import unicodedata
from pathlib import Path

import pytest

from rehearse.errors import RehearseError
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.class_plan import content_sha256, plan_of_csv, plan_of_folder
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


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_an_archive_wrote_in_latin_1_is_shown_as_far_as_it_can_be(
    tmp_path: Path,
) -> None:
    put(tmp_path, os.fsdecode(b"M\xfcller.wav"))
    [one] = plan_of_folder(tmp_path, tmp_path / "out").entries
    assert (one.person, one.file) == ("M?ller", "M?ller.wav")
    assert one.path.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_is_an_error_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(OSError, match="a pipe or a device, not a file"):
        content_sha256(tmp_path / "pipe.wav")


def test_a_folder_and_a_name_with_a_zero_byte_are_errors_of_that_line(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="a folder, not a file"):
        content_sha256(tmp_path)
    with pytest.raises(OSError, match="no file can have this name"):
        content_sha256(tmp_path / "a\0.wav")


def test_a_name_that_macos_wrote_in_pieces_is_the_name_that_people_type(tmp_path: Path) -> None:
    put(tmp_path, unicodedata.normalize("NFD", "Jos\u00e9.wav"))
    [one] = plan_of_folder(tmp_path, tmp_path / "out").entries
    assert one.person == "Jos\u00e9"
    assert one.path.exists()


def test_a_folder_without_recordings_says_so(tmp_path: Path) -> None:
    put(tmp_path, "letter.docx")
    with pytest.raises(RehearseError, match="no recordings"):
        plan_of_folder(tmp_path, tmp_path / "out")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_names_person_file_and_sheet(tmp_path: Path, mark: str) -> None:
    sheet = CallSheet(manager="Dana Keller")
    lines = ["Person,File,Call sheet", "Anna,a.wav,northwind", ",b.wav,", ",,", "Cy,,"]
    table = tmp_path / "class.csv"
    table.write_text("\n".join(lines).replace(",", mark), encoding="utf-8-sig")
    plan = plan_of_csv(table, {"northwind": sheet}.__getitem__)
    assert [(one.person, one.path, one.sheet) for one in plan.entries] == [
        ("Anna", tmp_path / "a.wav", sheet),
        ("b", tmp_path / "b.wav", CallSheet()),
    ]
    assert plan.left_out == (("without a file", 1),)


def test_a_table_of_a_spreadsheet_with_its_separator_named_and_a_cell_of_two_lines(
    tmp_path: Path,
) -> None:
    table = tmp_path / "class.csv"
    table.write_bytes(b'sep=;\r\nperson;file;sheet\r\n"An\r\nna";a.wav;\r\nBo;b.wav;acme\r\n')
    load = {"acme": CallSheet(manager="Dana")}.__getitem__
    assert [one.person for one in plan_of_csv(table, load).entries] == ["An na", "Bo"]

    def missing(name: str) -> CallSheet:
        raise RehearseError(f"There is no {name}.", "Write it.")

    with pytest.raises(RehearseError, match="line 5: There is no acme"):
        plan_of_csv(table, missing)


def test_a_table_without_its_columns_says_which(tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text("name,recording\nA,a.wav\n")
    with pytest.raises(RehearseError, match=r"'person' and 'file'\. It has: name, recording"):
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
