"""What libraries wrote for their makers under earlier versions is removed, and nothing else."""

from pathlib import Path

import pytest

from rehearse.privacy import remove_leftovers


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.platform", "linux")
    folder = tmp_path / "cache" / "Microsoft" / "DeveloperTools" / ".onnxruntime"
    folder.mkdir(parents=True)
    for name in ("deviceid", "onnxruntime.db"):
        (folder / name).write_text("x")
    (tmp_path / "home").mkdir()
    return tmp_path / "cache"


def test_leftovers_and_their_empty_folders_are_removed_once(cache: Path, tmp_path: Path) -> None:
    remove_leftovers(tmp_path / "home")
    assert not list(cache.iterdir())
    folder = cache / "Microsoft" / "DeveloperTools" / ".onnxruntime"
    folder.mkdir(parents=True)
    (folder / "deviceid").write_text("of another program, later")
    remove_leftovers(tmp_path / "home")
    assert (folder / "deviceid").exists()


def test_what_is_not_ours_stays(cache: Path, tmp_path: Path) -> None:
    other = cache / "Microsoft" / "DeveloperTools" / "deviceid"
    other.write_text("of another program")
    remove_leftovers(tmp_path / "home")
    assert [path for path in cache.rglob("*") if path.is_file()] == [other]


def test_without_a_home_there_was_no_earlier_version(cache: Path, tmp_path: Path) -> None:
    remove_leftovers(tmp_path / "elsewhere")
    assert len([path for path in cache.rglob("*") if path.is_file()]) == 2
