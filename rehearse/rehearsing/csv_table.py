"""CsvTable: rows of a table that a spreadsheet saved."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from rehearse.errors import RehearseError


class CsvTable:
    """A table in UTF-8 whose cells are separated by commas, semicolons (as in some countries) or
    tabs; `mark` is the one. A first line such as `sep=;` is left out."""

    def __init__(self, path: Path) -> None:
        """Raises RehearseError for a file that is no such table."""
        self._path = path
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError) as error:
            raise RehearseError(
                f"{path} cannot be read as a UTF-8 table.", "Save it as CSV (UTF-8) and try again."
            ) from error
        self._lines_before = 0
        if text.lower().startswith("sep="):
            text, self._lines_before = text.partition("\n")[2], 1
        self.mark = max(",;\t", key=text.split("\n", 1)[0].count)
        self._rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=self.mark)
        try:
            self.columns = tuple(self._rows.fieldnames or ())
        except csv.Error as error:
            raise self._broken(error) from error

    @property
    def place(self) -> str:
        """The file and the line that was read last."""
        return f"{self._path}, line {self._lines_before + self._rows.line_num}"

    def __iter__(self) -> Iterator[dict[str, str]]:
        """The cells of each row by column; "" where a row is too short. Raises RehearseError."""
        try:
            for row in self._rows:
                yield {column: row[column] or "" for column in self.columns}
        except csv.Error as error:
            raise self._broken(error) from error

    def _broken(self, error: csv.Error) -> RehearseError:
        return RehearseError(
            f"{self.place}: this is no table of comma-separated values ({error}).",
            "Save it as CSV (UTF-8) and try again.",
        )
