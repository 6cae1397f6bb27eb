"""Tables: rows as CSV and Parquet files.

Written a few rows at a time.
"""

from __future__ import annotations

import contextlib
import csv
import types
from pathlib import Path
from typing import Any, Self, get_args, get_type_hints

from rehearse.errors import RehearseError

BATCH = 1_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvTable:
    """A table that spreadsheets open; what they would run as a formula is quoted."""

    def __init__(self, path: Path, row_type: type) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._names = list(get_type_hints(row_type))
        self._writer = csv.writer(self._file)
        self._writer.writerow(self._names)

    def add(self, row: object) -> None:
        self._writer.writerow([_cell(getattr(row, name)) for name in self._names])

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class ParquetTable:
    """Raises RehearseError where pyarrow is not installed."""

    def __init__(self, path: Path, row_type: type) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError as error:
            raise RehearseError(
                "Parquet needs pyarrow, which is not installed.",
                "Install it: pip install 'rehearse[class]'",
            ) from error
        self._arrow = pyarrow
        types_of = {str: pyarrow.string(), int: pyarrow.int64(), bool: pyarrow.bool_(),
                    float: pyarrow.float64()}  # fmt: skip
        self._schema = pyarrow.schema(
            [(name, types_of[_plain(hint)]) for name, hint in get_type_hints(row_type).items()]
        )
        self._writer = pyarrow.parquet.ParquetWriter(path, self._schema)
        self._rows: list[dict[str, Any]] = []

    def add(self, row: object) -> None:
        self._rows.append({name: getattr(row, name) for name in self._schema.names})
        if len(self._rows) == BATCH:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _flush(self) -> None:
        table = self._arrow.Table.from_pylist(self._rows, schema=self._schema)
        self._writer.write_table(table)
        self._rows = []


def parquet_is_installed() -> bool:
    with contextlib.suppress(ImportError):
        import pyarrow

        return bool(pyarrow)
    return False


def _plain(hint: object) -> type:
    if isinstance(hint, types.UnionType):
        [plain] = (one for one in get_args(hint) if one is not type(None))
        return plain  # type: ignore[no-any-return]
    assert isinstance(hint, type)
    return hint


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
