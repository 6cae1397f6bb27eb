"""A coach's table of a class: what was judged stays, whatever happens to the recordings."""

from pathlib import Path

from rehearse.rehearsing.csv_table import CsvTable
from rehearse.rehearsing.labels_table import ScoredFile, anonymous_name, labels_table

ANNA, BEN = "a" * 64, "b" * 64


def scored(*contents: str, anonymous: bool = False) -> list[ScoredFile]:
    own = {ANNA: "Anna.m4a", BEN: "Ben.m4a"}
    return [
        ScoredFile(
            anonymous_name(number, content, ".m4a") if anonymous else own[content],
            own[content],
            content,
        )
        for number, content in enumerate(contents, 1)
    ]


def put(table: Path, text: str | None) -> None:
    assert text is not None
    table.write_text(text, encoding="utf-8-sig", newline="")


def judged(table: Path) -> dict[str, str]:
    return {row["file"]: row["humility"] for row in CsvTable(table)}


def test_a_recording_that_comes_later_gets_a_row_and_nothing_judged_is_lost(
    tmp_path: Path,
) -> None:
    table = tmp_path / "labels.csv"
    put(table, labels_table(table, scored(BEN), anonymous=False))
    assert labels_table(table, scored(BEN), anonymous=False) is None
    table.write_text("file;who;humility;mine\nBen.m4a;Ann;yes;x\ngone.m4a;;no;\nleft.m4a;;;\n")
    put(table, labels_table(table, scored(ANNA, BEN), anonymous=False))
    assert table.read_text(encoding="utf-8-sig").splitlines() == [
        "file;who;humility;mine", "Ben.m4a;Ann;yes;x", "gone.m4a;;no;", "Anna.m4a;;;",
    ]  # fmt: skip


def test_without_names_a_judgement_stays_with_its_recording_when_the_numbers_change(
    tmp_path: Path,
) -> None:
    table = tmp_path / "labels.csv"
    table.write_text("file,humility\nP0001-bbbbbbbb.m4a,yes\n")
    put(table, labels_table(table, scored(ANNA, BEN, anonymous=True), anonymous=True))
    assert judged(table) == {"P0002-bbbbbbbb.m4a": "yes", "P0001-aaaaaaaa.m4a": ""}


def test_names_in_the_table_are_replaced_and_come_back_with_the_names(tmp_path: Path) -> None:
    table = tmp_path / "labels.csv"
    table.write_text("file,humility\nBen.m4a,yes\nCarla.m4a,no\n")
    put(table, labels_table(table, scored(BEN, anonymous=True), anonymous=True))
    assert "Ben" not in table.read_text()
    assert "Carla" not in table.read_text()
    assert list(judged(table).values()) == ["yes", "no"]
    put(table, labels_table(table, scored(BEN), anonymous=False))
    assert judged(table)["Ben.m4a"] == "yes"


def test_a_table_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    table = tmp_path / "labels.csv"
    table.write_bytes(b"file,humility\nM\xfcller.m4a,yes\n")
    assert labels_table(table, scored(BEN), anonymous=False) is None
