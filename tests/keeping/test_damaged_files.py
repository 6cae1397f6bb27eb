"""The store's files with damage of every kind: an error that says so, or a page that shows; never
a traceback."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from rehearse.errors import RehearseError
from rehearse.keeping.rehearsal_folder import RehearsalFolder
from rehearse.keeping.store import Store
from rehearse.rehearsing.recover import turns_s, typed_turns, with_wordless_turns
from rehearse.report import exports
from rehearse.report.coaching_view import coaching_view, sheet_view
from rehearse.report.comparison import comparison
from rehearse.report.listing import Filters, listing
from rehearse.report.page import head, talk
from rehearse.report.result_json import rehearsal_result
from rehearse.report.text import rehearsal_line
from rehearse.report.trends import trends
from rehearse.report.why_text import why_text
from tests.keeping.sample import kept, sample
from tests.mutations import bytes_mutated, structure_mutated

MUTATIONS = 300


def look_at_everything(folder: RehearsalFolder) -> None:
    """What the terminal and the pages do with one rehearsal."""
    summaries = Store(folder.path.parent.parent).summaries()
    listing(summaries, Filters(words="x"), "1")
    trends(summaries)
    exports.as_csv(summaries).encode()
    for summary in summaries:
        rehearsal_line(summary).encode()
    events = folder.events()
    why_text(events).encode()
    turns_s(events, 30.0)
    typed_turns(events)
    try:
        rehearsal = with_wordless_turns(folder.load(), events)
    except RehearseError:
        return
    head(rehearsal)
    talk(rehearsal)
    coaching_view(rehearsal)
    sheet_view(rehearsal)
    if rehearsal.scorecard is not None and rehearsal.transcript is not None:
        json.dumps(rehearsal_result(rehearsal, folder.recording)).encode()
        exports.as_text(rehearsal, notes=True).encode()
        exports.as_json(rehearsal, notes=True).encode()
        exports.as_srt(rehearsal).encode()
        exports.as_vtt(rehearsal).encode()
        comparison(rehearsal, sample())


@pytest.mark.parametrize("mutated", [bytes_mutated, structure_mutated])
def test_a_damaged_rehearsal(tmp_path: Path, mutated: Any) -> None:
    folder = kept(tmp_path)
    path = folder.path / "rehearsal.json"
    whole, chance = path.read_bytes(), random.Random(15)
    for number in range(MUTATIONS):
        path.write_bytes(mutated(whole, chance))
        (tmp_path / "index.json").unlink(missing_ok=True)
        try:
            look_at_everything(folder)
        except Exception as error:
            raise AssertionError(f"mutation {number} of {mutated.__name__}") from error


def test_a_damaged_event_log(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    path = folder.path / "events.jsonl"
    whole, chance = path.read_bytes(), random.Random(16)
    for number in range(MUTATIONS):
        if number % 2:
            lines = whole.splitlines()
            at = chance.randrange(len(lines))
            lines[at] = structure_mutated(lines[at], chance)
            path.write_bytes(b"\n".join(lines) + b"\n")
        else:
            path.write_bytes(bytes_mutated(whole, chance))
        try:
            look_at_everything(folder)
        except Exception as error:
            raise AssertionError(f"mutation {number}") from error


def test_a_damaged_index_is_made_again(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    before = Store(tmp_path).summaries()
    path, chance = tmp_path / "index.json", random.Random(17)
    whole = path.read_bytes()
    for _ in range(60):
        path.write_bytes(bytes_mutated(whole, chance))
        assert [row.id for row in Store(tmp_path).summaries()] == [folder.id]
    path.write_bytes(b"\xff")
    assert Store(tmp_path).summaries() == before
