"""The manager's lines are remembered from call to call."""

from pathlib import Path

import pytest

from rehearse.errors import RehearseError
from rehearse.keeping.phrasings import FILE, Phrasings


def test_what_was_kept_is_there_in_the_next_call(tmp_path: Path) -> None:
    counts = {"goodbye: Take care. Goodbye.": 2, "pay: Für Geld fragen Sie bitte Anna.": 1}
    Phrasings(tmp_path).keep(counts)
    assert Phrasings(tmp_path).counts() == counts


def test_nothing_is_known_before_the_first_call(tmp_path: Path) -> None:
    assert Phrasings(tmp_path).counts() == {}


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", "null", '"x"'])
def test_a_damaged_file_only_forgets(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    assert Phrasings(tmp_path).counts() == {}


def test_counts_that_are_none_are_left_out(tmp_path: Path) -> None:
    text = '{"a": 3, "b": "many", "c": true, "d": -1, "e": 0, "f": 1.5}'
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert Phrasings(tmp_path).counts() == {"a": 3}


def test_keeping_replaces_the_file_as_a_whole_and_for_oneself(tmp_path: Path) -> None:
    Phrasings(tmp_path).keep({"a": 1})
    Phrasings(tmp_path).keep({"b": 2})
    assert Phrasings(tmp_path).counts() == {"b": 2}
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RehearseError):
        Phrasings(tmp_path / "missing").keep({"a": 1})
