"""Class output: JSON lines, tables, pages of a class."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import filelock
import msgspec

from rehearse.engines.tables import CsvTable, ParquetTable, parquet_is_installed
from rehearse.errors import RehearseError
from rehearse.files_in_use import when_free
from rehearse.keeping.anonymous import anonymised
from rehearse.keeping.class_results import ClassResults
from rehearse.rehearsing.class_run import ClassRun, ScoredEntry
from rehearse.rehearsing.labelled import LABELS, RESULTS
from rehearse.rehearsing.labels_table import ScoredFile, anonymous_name, labels_table
from rehearse.report.class_rows import ClassRow, class_row, error_line, result_line
from rehearse.report.class_view import class_view
from rehearse.web.class_page import ClassPages

PAGE = "class.html"
TABLE = "results.csv"
PARQUET = "results.parquet"
PEOPLE = "people"
LOCK = ".writing.lock"
LONGEST_WAIT_S = 600
"""For another run that is writing in the same folder: 10,000 pages take some minutes."""
_PERSON_PAGE = re.compile(r".+-[0-9a-f]{8}\.html(?:\.new)?")


@dataclass(frozen=True)
class WrittenRow:
    """`own_file`: the file's name in the class, also where the row does not show it."""

    row: ClassRow
    own_file: str


def make_folder(folder: Path) -> None:
    """Make the folder of the results; raise RehearseError if nothing can be written there."""
    with _explained(folder):
        (folder / PEOPLE).mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()


def write_class(
    run: ClassRun,
    results: ClassResults,
    folder: Path,
    pages: ClassPages,
    *,
    title: str,
    anonymous: bool,
    ranked: bool,
    parquet: bool,
    on_written: Callable[[], None],
) -> list[WrittenRow]:
    """Replace the files of a class in `folder`, each one all or nothing; `make_folder` made it.

    One rehearsal is in memory at a time. If another run is writing there, wait until it is done.
    Raises RehearseError if a file cannot be written.
    """
    rows: list[ClassRow] = []
    written: list[WrittenRow] = []
    scored: list[ScoredFile] = []
    numbers: dict[str, int] = {}
    with _alone_in(folder), _explained(folder):
        with contextlib.ExitStack() as stack:
            lines = stack.enter_context(_new(folder / RESULTS).open("w", encoding="utf-8"))
            tables: list[CsvTable | ParquetTable] = [
                stack.enter_context(CsvTable(_new(folder / TABLE), ClassRow))
            ]
            if parquet or parquet_is_installed():
                tables.append(stack.enter_context(ParquetTable(_new(folder / PARQUET), ClassRow)))
            else:
                (folder / PARQUET).unlink(missing_ok=True)  # of an earlier run, maybe with names
            for one in run.lines(results):
                own = one.keyed.entry
                number = numbers.setdefault(own.person, len(numbers) + 1)
                row, line = _written(one, number, folder, pages, anonymous)
                rows.append(row)
                written.append(WrittenRow(row, own.file))
                if not row.error:
                    scored.append(ScoredFile(row.file, own.file, one.keyed.sha256))
                lines.write(json.dumps(line, ensure_ascii=False) + "\n")
                for table in tables:
                    table.add(row)
                on_written()
        view = class_view(title, rows, waiting=len(run.entries) - len(rows), ranked=ranked)
        _new(folder / PAGE).write_text(pages.whole(view), encoding="utf-8")
        for name in (RESULTS, TABLE, PARQUET, PAGE):
            if _new(folder / name).exists():
                when_free(functools.partial(_new(folder / name).replace, folder / name))
        labels = labels_table(folder / LABELS, scored, anonymous=anonymous)
        if labels is not None:
            _new(folder / LABELS).write_text(labels, encoding="utf-8-sig", newline="")
            when_free(functools.partial(_new(folder / LABELS).replace, folder / LABELS))
        keep = {row.page for row in rows}
        for old in (folder / PEOPLE).iterdir():
            if _PERSON_PAGE.fullmatch(old.name) and f"{PEOPLE}/{old.name}" not in keep:
                when_free(old.unlink)
    return written


@contextlib.contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RehearseError(
            f"{error.filename or folder} cannot be written: {error.strerror}.",
            "What is scored is kept. Choose another folder with --to, or free some space.",
        ) from error


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    lock = filelock.FileLock(folder / LOCK, timeout=LONGEST_WAIT_S)
    with _explained(folder):
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise RehearseError(
                f"Another rehearse is writing in {folder}.",
                "What is scored is kept. Wait until it is done, and run the same command again.",
            ) from error
    try:
        yield
    finally:
        lock.release()


def _written(
    one: ScoredEntry, number: int, folder: Path, pages: ClassPages, anonymous: bool
) -> tuple[ClassRow, dict[str, object]]:
    entry = one.keyed.entry
    person, file = entry.person, entry.file
    rehearsal = one.result.rehearsal if one.result else None
    notes = one.result.notes if one.result else ()
    if anonymous:
        person = f"P{number:04d}"
        file = anonymous_name(number, one.keyed.sha256, Path(entry.file).suffix)
        if rehearsal is not None:
            rehearsal = anonymised(rehearsal, entry.person)
    if rehearsal is None:
        return ClassRow(person, file, error=one.problem), error_line(person, file, one.problem)
    shown = dataclasses.replace(rehearsal, title=person)
    # Named after all that it shows: a page that shows a name since removed is not taken for it.
    content = hashlib.sha256(msgspec.json.encode(shown, order="deterministic")).hexdigest()
    page = f"{PEOPLE}/{_slug(person)}-{content[:8]}.html"
    path = folder / page
    if not path.exists():
        new = _new(path)
        new.write_text(pages.person(shown), encoding="utf-8")
        when_free(lambda: new.replace(path))
    return (
        class_row(person, file, rehearsal, page, notes),
        result_line(person, file, rehearsal, notes),
    )


def _new(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def _slug(person: str) -> str:
    return re.sub(r"[^\w]+", "-", person).strip("-")[:60] or "person"
