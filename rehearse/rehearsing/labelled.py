"""Labelled talks: talks with rehearse's and people's labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from rehearse.errors import RehearseError
from rehearse.keeping.anonymous import anonymised, text_without_names
from rehearse.keeping.judgements import Judgement, VerdictName, verdict_of
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.store import Store
from rehearse.rehearsing.csv_table import CsvTable
from rehearse.scoring.agreement import Labels
from rehearse.scoring.rubric import WAYS_ASKED_FOR, Criterion, Verdict
from rehearse.scoring.scorecard import Scorecard

RESULTS = "results.jsonl"
LABELS = "labels.csv"
SPEAKER = "the person who spoke"
VERDICT_COLUMNS = {f"verdict_{name.value}": name for name in VerdictName}
LONGEST_NUMBER = 3
"""Digits."""
_YES = {"yes": True, "y": True, "1": True, "true": True, "x": True}
_VERDICTS = {
    **{verdict.value: verdict for verdict in Verdict},
    "partly covered": Verdict.PARTLY,  # as the pages call it
    "could not be heard clearly": Verdict.COULDNT_HEAR,
}
_NO = {"no": False, "n": False, "0": False, "false": False}


@dataclass(frozen=True)
class LabelledTalk:
    """`people`: labels by who gave them. `quotes`: the tool's first quote for each criterion.
    `text`: the candidate's words without names. `comments` by (who, criterion or verdict).
    `refused`: (who, verdict) that somebody calls wrong without naming another."""

    name: str
    text: str
    tool: Labels
    people: dict[str, Labels]
    quotes: dict[str, str] = field(default_factory=dict)
    comments: dict[tuple[str, str], str] = field(default_factory=dict)
    refused: frozenset[tuple[str, str]] = frozenset()


def talks_of_store(store: Store) -> Iterator[LabelledTalk]:
    """All rehearsals that somebody judged."""
    for folder in store.folders():
        try:
            kept = folder.load()
        except RehearseError:
            continue
        if kept.judgements and kept.scorecard and kept.transcript:
            yield _of_rehearsal(folder.id, kept, kept.scorecard)


def talks_of_table(path: Path) -> Iterator[LabelledTalk]:
    """The rows of a table with the columns `file`, `who` and a column for each criterion or
    verdict that is judged, beside the results of the class. Empty cells are not judged.

    Raises RehearseError, with the line, for a cell that says neither yes nor no.
    """
    results = {line.file: line for line in _lines(path.with_name(RESULTS))}
    rows = CsvTable(path)
    if "file" not in rows.columns:
        raise RehearseError(
            f"{path} has no column 'file'.",
            f"Its columns are file, who, comment, {', '.join(label_columns())}.",
        )
    found: dict[str, dict[str, Labels]] = {}
    comments: dict[str, dict[tuple[str, str], str]] = {}
    names: dict[str, str] = {}
    for row in rows:
        file, who = row["file"].strip(), " ".join(row.get("who", "").split()) or "coach"
        who = names.setdefault(who.casefold(), who)  # "ann" is the Ann of an earlier line
        if file not in results:
            if any(row.get(column, "").strip() for column in label_columns()):
                raise RehearseError(
                    f"{rows.place}: there is no result for this file.",
                    f"Name it as {RESULTS} beside the table does.",
                )
            continue
        labels = _row_labels(row, rows.place)
        if labels.criteria or labels.verdicts:
            found.setdefault(file, {})[who] = labels
            comments.setdefault(file, {})[who, ""] = row.get("comment", "").strip()
    for file, people in found.items():
        yield _of_result(file, results[file], people, comments[file])


def label_columns() -> tuple[str, ...]:
    """The columns for a coach to fill in."""
    return (*(criterion.value for criterion in Criterion), *VERDICT_COLUMNS)


def _of_rehearsal(name: str, kept: Rehearsal, scorecard: Scorecard) -> LabelledTalk:
    without = anonymised(kept, kept.title)
    assert without.transcript is not None
    tool = Labels(
        {finding.criterion: finding.met for finding in scorecard.findings},
        {one.value: verdict_of(scorecard, one).value for one in VerdictName},
        scorecard.finding(Criterion.CONTRIBUTIONS).count,
    )
    who = dict.fromkeys(one.who for one in kept.judgements)
    people = {
        name or SPEAKER: _labels([one for one in kept.judgements if one.who == name], tool)
        for name in who
    }
    quotes = {
        finding.criterion.value: finding.evidence[0].quote
        for finding in scorecard.findings
        if finding.evidence
    }
    comments = {(one.who or SPEAKER, one.subject): one.comment for one in kept.judgements}
    text = " ".join(word.text for word in without.transcript.candidate_words)
    refused = frozenset(
        (one.who or SPEAKER, one.verdict.value)
        for one in kept.judgements
        if one.verdict is not None and not one.right and one.should_be is None
    )
    return LabelledTalk(name, text, tool, people, quotes, comments, refused)


def _labels(judgements: list[Judgement], tool: Labels) -> Labels:
    """One person's judgements of one talk, as labels."""
    criteria: dict[Criterion, bool] = {}
    verdicts: dict[str, str] = {}
    ways_changed, ways = False, tool.ways or 0
    for one in judgements:
        if one.verdict is not None:
            if one.right:
                verdicts[one.verdict.value] = one.answer
            elif one.should_be is not None:
                verdicts[one.verdict.value] = one.should_be.value
        elif one.way is not None:
            ways_changed, ways = True, ways - (not one.right)
        elif one.criterion is Criterion.CONTRIBUTIONS:
            if one.right:
                ways_changed, ways = True, int(one.answer)
        elif one.criterion is not None:
            criteria[one.criterion] = one.holds
        if one.instead is Criterion.CONTRIBUTIONS:
            ways_changed, ways = True, ways + 1
        elif one.instead is not None:
            criteria[one.instead] = True
    if ways_changed:
        criteria[Criterion.CONTRIBUTIONS] = ways > 0
    return Labels(criteria, verdicts, ways if ways_changed else None)


def _of_result(
    file: str,
    line: _Result,
    people: dict[str, Labels],
    comments: dict[tuple[str, str], str],
) -> LabelledTalk:
    ways = line.criteria[Criterion.CONTRIBUTIONS].count or 0
    tool = Labels(
        {one: ways > 0 if found.met is None else found.met for one, found in line.criteria.items()},
        line.verdicts,
        ways,
    )
    quotes = {
        one.value: found.evidence[0].quote for one, found in line.criteria.items() if found.evidence
    }
    return LabelledTalk(
        file, text_without_names(line.text, line.person), tool, people, quotes, comments
    )


def _row_labels(row: dict[str, str], where: str) -> Labels:
    criteria: dict[Criterion, bool] = {}
    verdicts: dict[str, str] = {}
    ways = None
    for column in label_columns():
        cell = row.get(column, "").strip().lower()
        if not cell:
            continue
        if column in VERDICT_COLUMNS:
            if cell not in _VERDICTS:
                raise _odd(where, column, "covered, partly or missing")
            verdicts[VERDICT_COLUMNS[column].value] = _VERDICTS[cell].value
        elif column == Criterion.CONTRIBUTIONS:
            if not cell.isdecimal() or len(cell) > LONGEST_NUMBER:
                raise _odd(where, column, f"a number of ways, such as {WAYS_ASKED_FOR}")
            ways = int(cell)
            criteria[Criterion.CONTRIBUTIONS] = ways > 0
        else:
            answer = {**_YES, **_NO}.get(cell)
            if answer is None:
                raise _odd(where, column, "yes or no")
            criteria[Criterion(column)] = answer
    return Labels(criteria, verdicts, ways)


def _odd(where: str, column: str, wanted: str) -> RehearseError:
    return RehearseError(
        f"{where}: the cell under {column!r} cannot be understood.",
        f"Write {wanted}, or leave it empty.",
    )


@dataclass(frozen=True)
class _Quoted:
    quote: str


@dataclass(frozen=True)
class _Found:
    evidence: tuple[_Quoted, ...]
    met: bool | None = None
    count: int | None = None


@dataclass(frozen=True)
class _Result:
    """What is needed of one line of the results; `error`: why the file could not be scored."""

    file: str
    criteria: dict[Criterion, _Found] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    text: str = ""
    person: str = ""
    error: str = ""


def _lines(path: Path) -> Iterator[_Result]:
    """The files that were scored."""
    try:
        for line in path.read_bytes().splitlines():
            result = msgspec.json.decode(line, type=_Result)
            if result.error:
                continue
            if set(result.criteria) != set(Criterion):
                raise ValueError("not each criterion once")
            yield result
    except (OSError, ValueError, RecursionError) as error:
        raise RehearseError(
            f"{path} is missing or damaged.",
            "Keep the table in the folder of the class's results, and run the class again.",
        ) from error
