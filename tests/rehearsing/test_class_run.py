"""What of a class is still to do."""

from pathlib import Path

from rehearse.keeping.class_results import ClassResults
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.class_plan import Entry
from rehearse.rehearsing.class_run import ClassRun, KeyedEntry
from rehearse.rehearsing.class_scoring import Identity


def test_a_kept_result_that_cannot_be_read_is_scored_again(tmp_path: Path) -> None:
    results = ClassResults(tmp_path)
    results.save("abcd", b'{"rehearsal": {"id": "')
    entry = Entry("Anna", "anna.wav", tmp_path / "anna.wav", CallSheet())
    run = ClassRun([KeyedEntry(entry, "aa", "abcd")], Identity("1", "t", "t", "1", True))
    assert [task.key for task in run.to_do(results)] == ["abcd"]
