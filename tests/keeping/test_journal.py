"""The event log of a call is whole, whoever deletes it during the call."""

import shutil
from pathlib import Path

import pytest

from rehearse.calling.events import Answered, HungUp, Ringing, SoundLost, SoundProcessed
from rehearse.keeping.journal import Journal, read_events
from rehearse.rehearsing.recover import processing_of
from tests.keeping.deleting import removes_once


def kinds(path: Path) -> list[str]:
    return [event["event"] for event in read_events(path)]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "events.jsonl"
    path.parent.mkdir()
    return path


def test_a_log_that_is_deleted_after_the_last_event_is_written_once_more(log: Path) -> None:
    journal = Journal(log)
    journal(Ringing(0.0))
    journal(HungUp(1.0, "candidate"))
    shutil.rmtree(log.parent)
    journal.close()
    assert kinds(log) == ["Ringing", "HungUp"]


def test_a_log_that_is_moved_away_is_written_once_more(log: Path) -> None:
    journal = Journal(log)
    journal(Ringing(0.0))
    log.parent.rename(log.parent.with_name("waste bin"))
    journal(Answered(1.0))
    journal.close()
    assert kinds(log) == ["Ringing", "Answered"]


def test_a_folder_that_is_removed_just_before_the_log_is_written_again_is_made_again(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(log)
    journal(Ringing(0.0))
    shutil.rmtree(log.parent)
    removed = removes_once(monkeypatch, log.parent)
    journal(Answered(1.0))
    journal.close()
    assert kinds(log) == ["Ringing", "Answered"]
    assert removed


def test_lost_sound_and_what_a_browser_did_to_the_sound_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    journal = Journal(path)
    journal(SoundProcessed(0.0, ("echo cancellation", "gain control")))
    journal(SoundLost(3.0, 0.06))
    journal.close()
    events = read_events(path)
    assert [event["event"] for event in events] == ["SoundProcessed", "SoundLost"]
    assert processing_of(events) == ("echo cancellation", "gain control")
    assert processing_of([]) == ()
