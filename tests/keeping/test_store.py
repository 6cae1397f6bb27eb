"""What is kept: found again, private, gone when deleted, whatever happened to its files."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import stat
import threading
from datetime import datetime
from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile

from rehearse.errors import RehearseError
from rehearse.keeping.private import make_private, readable_by_others
from rehearse.keeping.store import Store
from rehearse.transcript import Signs, Word
from tests.keeping.deleting import removes_once
from tests.keeping.sample import kept, sample
from tests.talks import talk


def test_one_damaged_rehearsal_is_one_row_that_says_so(tmp_path: Path) -> None:
    first, second = kept(tmp_path), kept(tmp_path, "2026-11-28T13:00:00")
    path = first.path / "rehearsal.json"
    path.write_bytes(path.read_bytes().replace(b"Northwind", b"North\xffind"))
    rows = {row.id: row.damaged for row in Store(tmp_path).summaries()}
    assert rows == {first.id: True, second.id: False}
    with pytest.raises(RehearseError, match="missing or damaged"):
        first.load()


def test_the_signs_of_a_word_are_kept_and_older_words_have_none() -> None:
    signs = Signs(-0.1, -0.3, 2, -0.2, -2.5, -0.4, 0.0)
    word = Word("word", 1.0, 1.4, 0.9, signs=signs)
    assert msgspec.json.decode(msgspec.json.encode(word), type=Word) == word
    older = b'{"text": "word", "start_s": 1.0, "end_s": 1.4, "probability": 0.9, "agreed": null}'
    assert msgspec.json.decode(older, type=Word) == dataclasses.replace(word, signs=None)


def test_a_damaged_line_of_the_event_log_loses_only_itself(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    path = folder.path / "events.jsonl"
    lines = path.read_bytes().split(b"\n")
    odd = [b"\xff\xfe", b"[]", b"{}", b'{"event": 7}', b'{"event": "TurnBegan"}', b"7",
           b'{"event": "TurnBegan", "at_s": -1}', b'{"event": "TurnBegan", "at_s": "x"}',
           b'{"event": "Nothing known", "at_s": 1.0}', b"[" * 100_000]  # fmt: skip
    path.write_bytes(b"\n".join([*odd, *lines]))
    assert [event["event"] for event in folder.events()] == [
        "ManagerSaid", "TurnBegan", "TurnEnded", "CandidateSaid", "HungUp",
    ]  # fmt: skip


def test_a_line_separator_in_what_was_said_splits_nothing(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    path = folder.path / "events.jsonl"
    text = path.read_text().replace("Hello,", "Hello,\u2028\x85")
    path.write_text(text.replace("\\u2028", "\u2028"), encoding="utf-8")
    assert len(folder.events()) == 5
    assert folder.events()[0]["text"].startswith("Hello,\u2028")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        # held in Tokyo, then in Los Angeles: the later one has the earlier local time
        ("2026-11-28T20:00:00+09:00", "2026-11-28T08:00:00-08:00"),
        # summer time ends: 02:30 comes twice
        ("2026-10-25T02:30:00+02:00", "2026-10-25T02:10:00+01:00"),
    ],
)
def test_the_newest_is_that_held_last(tmp_path: Path, earlier: str, later: str) -> None:
    """Also among rehearsals of earlier versions, which have no number."""
    first = kept(tmp_path, earlier, number=0)
    second = kept(tmp_path, later, number=0)
    assert [one.id for one in Store(tmp_path).folders()] == [second.id, first.id]
    assert Store(tmp_path).find(None).id == second.id


def test_a_clock_that_is_set_back_changes_no_order(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = kept(tmp_path, "2026-11-28T12:00:00+00:00", number=store.next_number())
    second = kept(tmp_path, "2025-01-01T00:00:00+00:00", number=store.next_number())
    assert [one.id for one in store.folders()] == [second.id, first.id]


def test_a_list_read_before_follows_what_another_program_changes(tmp_path: Path) -> None:
    folder, ours, others = kept(tmp_path), Store(tmp_path), Store(tmp_path)
    for title in ("The first one", "The big one", "The best one"):
        folder.update(lambda one, title=title: dataclasses.replace(one, title=title))
        assert [row.title for row in others.summaries()] == [title]
        assert [row.title for row in ours.summaries()] == [title]
    folder.delete()
    assert ours.summaries() == others.summaries() == []


def test_deleted_means_gone(tmp_path: Path) -> None:
    folder, other = kept(tmp_path), kept(tmp_path, "2026-11-28T13:00:00", title="")
    (tmp_path / "voice-cache").mkdir()
    line = tmp_path / "voice-cache" / "0123.wav"
    line.write_bytes(b"Northwind, Dana Keller speaking.")
    half = line.with_name("4567.wav-12-34.part")
    half.write_bytes(b"Northwind, Dana")
    Store(tmp_path).summaries()
    assert "The first one" in (tmp_path / "index.json").read_text()
    folder.delete()
    assert "The first one" not in (tmp_path / "index.json").read_text()
    assert not line.exists()
    assert not half.exists()
    assert [path.name for path in (tmp_path / "rehearsals").iterdir()] == [other.id]


def test_a_rehearsal_deleted_by_hand_or_half_is_gone_with_the_next_list(tmp_path: Path) -> None:
    folder, half = kept(tmp_path), kept(tmp_path, "2026-11-28T13:00:00")
    Store(tmp_path).summaries()
    shutil.rmtree(folder.path)
    half.path.rename(half.path.with_name(f".deleted-{half.id}"))
    assert Store(tmp_path).summaries() == []
    assert "The first one" not in (tmp_path / "index.json").read_text()
    assert list((tmp_path / "rehearsals").iterdir()) == []


def test_an_index_that_a_killed_program_left_half_written_goes_too(tmp_path: Path) -> None:
    kept(tmp_path)
    left, fresh = tmp_path / "index.json.4711.new", tmp_path / "index.json.4712.new"
    for path in (left, fresh):
        path.write_text("The one that was deleted")
    os.utime(left, (0, 0))
    Store(tmp_path).summaries()
    assert not left.exists()
    assert fresh.exists(), "another program is writing it"


def test_a_deleted_rehearsal_that_another_program_sweeps_away_at_the_same_time_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = kept(tmp_path)
    remove = shutil.rmtree

    def removed_twice(path: Path, **options: bool) -> None:
        remove(path)
        remove(path, **options)

    monkeypatch.setattr(shutil, "rmtree", removed_twice)
    folder.delete()
    assert Store(tmp_path).folders() == []


def test_a_rehearsal_in_which_a_call_is_held_is_not_deleted(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    with folder.held(), pytest.raises(RehearseError, match="in use"):
        folder.delete()
    folder.delete()


def test_a_result_does_not_bring_a_deleted_rehearsal_back(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    rehearsal = folder.load()
    folder.delete()
    with pytest.raises(RehearseError, match="was deleted meanwhile"):
        folder.save_result(rehearsal)
    assert not folder.path.exists()


def test_two_programs_lose_nothing_of_each_others(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    result = folder.load()
    folder.update(lambda now: dataclasses.replace(now, title="Renamed meanwhile", starred=True))
    folder.save_result(dataclasses.replace(result, duration_s=31.0))
    now = folder.load()
    assert (now.title, now.starred, now.duration_s) == ("Renamed meanwhile", True, 31.0)

    def count_up() -> None:
        for _ in range(10):
            folder.update(lambda now: dataclasses.replace(now, seed=now.seed + 1))

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert folder.load().seed == sample().seed + 40


@pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")
class TestOtherUsers:
    def test_what_is_kept_is_the_persons_own(self, tmp_path: Path) -> None:
        before = os.umask(0o022)
        try:
            folder = kept(tmp_path / "home")
            Store(tmp_path / "home").summaries()
        finally:
            os.umask(before)
        for path in [folder.path.parent, folder.path]:
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
        for name in ("rehearsal.json", "events.jsonl"):
            assert stat.S_IMODE((folder.path / name).stat().st_mode) == 0o600

    def test_what_earlier_versions_left_open_is_closed(self, tmp_path: Path) -> None:
        home = tmp_path / "home"
        folder = kept(home)
        for path in [home, home / "rehearsals", folder.path]:
            path.chmod(0o755)
        folder.recording.chmod(0o644)
        assert folder.recording in readable_by_others(home)
        make_private(home)
        assert readable_by_others(home) == []
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.recording.stat().st_mode) == 0o600

    def test_what_is_not_ours_is_left_alone(self, tmp_path: Path) -> None:
        home, elsewhere = tmp_path / "home", tmp_path / "elsewhere.txt"
        elsewhere.write_text("mine")
        folder = kept(home)
        letter = home / "letter.txt"
        letter.write_text("mine")
        (folder.path / "link").symlink_to(elsewhere)
        for path in [home, home / "rehearsals", folder.path]:
            path.chmod(0o755)
        for path in (letter, elsewhere):
            path.chmod(0o644)
        make_private(home)
        for path in (letter, elsewhere):
            assert stat.S_IMODE(path.stat().st_mode) == 0o644
        assert stat.S_IMODE(home.stat().st_mode) == 0o755, "others may use their files in it"
        assert stat.S_IMODE((home / "rehearsals").stat().st_mode) == 0o700

    def test_links_lead_nowhere(self, tmp_path: Path) -> None:
        home, secret = tmp_path / "home", tmp_path / "secret"
        folder = kept(home)
        secret.mkdir()
        for name in ("call.wav", "events.jsonl", "rehearsal.json"):
            (secret / name).write_bytes((folder.path / name).read_bytes())
            (folder.path / name).unlink()
            (folder.path / name).symlink_to(secret / name)
        (home / "rehearsals" / "20200101-000000").symlink_to(secret)
        assert [row.damaged for row in Store(home).summaries()] == [True]
        assert not Store(home).has("20200101-000000")
        assert folder.events() == []
        assert not folder.has_sound
        with pytest.raises(RehearseError):
            folder.journal()
        folder.save(sample())
        assert not (folder.path / "rehearsal.json").is_symlink()
        folder.delete()
        assert len(list(secret.iterdir())) == 3


def test_a_folder_removed_in_a_call_is_written_once_more(tmp_path: Path) -> None:
    import shutil

    from rehearse.calling.events import HungUp, TurnBegan

    folder = Store(tmp_path).new(datetime(2026, 11, 28, 12))
    journal = folder.journal()
    journal(TurnBegan(1.0))
    shutil.rmtree(tmp_path / "rehearsals")
    journal(HungUp(2.0, "candidate"))
    journal.close()
    assert [event["at_s"] for event in folder.events()] == [1.0, 2.0]


def test_the_transcript_before_corrections_loads_by_its_earlier_name(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    path = folder.path / "rehearsal.json"
    stored = json.loads(path.read_text())
    earlier = {"heard" if name == "recognised" else name: stored[name] for name in stored}
    assert earlier["heard"]
    path.write_text(json.dumps(earlier))
    assert folder.load().recognised == sample().recognised
    folder.update(lambda rehearsal: rehearsal)
    assert json.loads(path.read_text()).keys() == stored.keys()


def test_rehearsals_of_earlier_versions_still_load(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    path = folder.path / "rehearsal.json"
    old = json.loads(path.read_text())
    for field in ("number", "judgements", "starred", "notes"):
        del old[field]
    path.write_text(json.dumps(old | {"started_at": "2025-05-05T12:00:00"}))
    assert folder.load().number == 0
    assert Store(tmp_path).find(None).id == folder.id


def test_a_damaged_rehearsal_is_pieced_together_from_events_and_sound(tmp_path: Path) -> None:
    from rehearse import wiring
    from rehearse.rehearsing.hold import score_rehearsal
    from tests.keeping.sample import PITCH, spoken

    class Heard:
        name = "what was said"

        def transcribe(self, samples: object, *, offset_s: float = 0.0, before: str = "") -> object:
            return spoken(PITCH, offset_s + 1.0)

    folder = kept(tmp_path)
    soundfile.write(folder.recording, np.zeros((30 * 16_000, 2), np.float32), 16_000, "PCM_16")
    (folder.path / "rehearsal.json").write_bytes(b"\xff")
    scored = score_rehearsal(folder, Heard, wiring.load_tagger(), wiring.sound_tools())
    assert scored.scorecard is not None
    assert scored.scorecard.score == sample().scorecard.score
    assert folder.load().started_at.startswith("2026-11-28T12:00:00")
    assert (folder.path / "rehearsal.json.damaged").read_bytes() == b"\xff"
    assert not Store(tmp_path).summaries()[0].damaged


def test_a_rehearsal_whose_folder_is_removed_twice_is_saved_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = kept(tmp_path)
    rehearsal = folder.load()
    shutil.rmtree(tmp_path / "rehearsals")
    removed = removes_once(monkeypatch, folder.path)
    folder.save_again(rehearsal)
    assert folder.load() == rehearsal
    assert removed


@pytest.mark.parametrize(
    ("said", "nothing"),
    [("-: Hi Dana, how was your weekend?", True), ("status: Am I still in the running?", False)],
)
def test_whether_there_was_anything_to_score_is_in_the_summary(
    tmp_path: Path, said: str, nothing: bool
) -> None:
    transcript, scorecard = talk(said)
    kept(tmp_path, transcript=transcript, scorecard=scorecard, recognised=None)
    [summary] = Store(tmp_path).summaries()
    assert (summary.score, summary.nothing_to_score, summary.judged) == (0, nothing, not nothing)
