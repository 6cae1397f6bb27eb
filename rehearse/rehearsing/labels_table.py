"""Labels table: where a coach judges, kept up to date."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearse.errors import RehearseError
from rehearse.rehearsing.csv_table import CsvTable
from rehearse.rehearsing.labelled import label_columns

_ANONYMOUS = re.compile(r"P\d{4,}-([0-9a-f]{8})(?:\.\w+)?")


@dataclass(frozen=True)
class ScoredFile:
    """`file`: its name in the results; `own_name`: in the class; `sha256`: of its content."""

    file: str
    own_name: str
    sha256: str


def anonymous_name(number: int, sha256: str, suffix: str) -> str:
    """Number and content: a judgement finds its recording again when the numbers have changed."""
    return f"P{number:04d}{'-' if sha256 else ''}{sha256[:8]}{suffix}"


def labels_table(path: Path, scored: Sequence[ScoredFile], *, anonymous: bool) -> str | None:
    """The text for the table at `path`: its rows as they are, by the names that the results use
    now, and an empty row for each recording that it lacks. Rows without a recording stay if they
    hold a judgement; where names are replaced, in theirs too.

    None: it stays as it is, because nothing changes or because it is no table of labels.
    """
    columns: tuple[str, ...] = ("file", "who", *label_columns(), "comment")
    mark, old = ",", list[dict[str, str]]()
    if path.exists():
        try:
            table = CsvTable(path)
            columns, mark, old = table.columns, table.mark, list(table)
        except RehearseError:
            return None
        if "file" not in columns:
            return None
    now = {one.file for one in scored}
    by_name = {one.own_name: one.file for one in reversed(scored)}
    by_content = {one.sha256[:8]: one.file for one in reversed(scored)}
    rows = []
    for row in old:
        file = row["file"].strip()
        tail = _ANONYMOUS.fullmatch(file)
        if file not in now:
            found = by_content.get(tail[1]) if tail else by_name.get(file)
            if found is None and not any(
                row[column].strip() for column in columns if column != "file"
            ):
                continue
            if found is None and anonymous and not tail:
                found = anonymous_name(0, hashlib.sha256(file.encode()).hexdigest(), "")
            row = {**row, "file": found or file}
        rows.append(row)
    listed = {row["file"].strip() for row in rows}
    rows += [{"file": one.file} for one in scored if one.file not in listed]
    if path.exists() and rows == old:
        return None
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", delimiter=mark)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
