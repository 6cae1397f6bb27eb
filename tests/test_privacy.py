"""Telemetry of libraries is off; what it wrote earlier is removed, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rehearse.privacy import OPT_OUTS, remove_leftovers


@pytest.mark.parametrize(
    "start",
    ["import rehearse", "import rehearse.cli", "import rehearse.web.server",
     "import rehearse.engines.many.process_pool", "import benchmarks.faults.__main__"],
)  # fmt: skip
def test_telemetry_is_off_before_any_library_loads_however_it_is_started(start: str) -> None:
    program = (
        "import sys\n"
        "class Watch:\n"
        "    def find_spec(self, name, *rest):\n"
        "        import os\n"
        "        if name in ('onnxruntime', 'torch', 'numpy'):\n"
        "            assert os.environ['ORT_DISABLE_TELEMETRY'] == '1', name\n"
        "sys.meta_path.insert(0, Watch())\n"
        f"{start}\n"
        "import os, onnxruntime\n"
        "print(*(os.environ[name] for name in ('ORT_DISABLE_TELEMETRY', 'HF_HUB_OFFLINE', "
        "'DO_NOT_TRACK')))"
    )
    env = {name: value for name, value in os.environ.items() if name not in OPT_OUTS}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=env, check=False
    )
    assert done.stdout == "1 1 1\n", done.stderr


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


def test_a_home_of_an_earlier_version_is_not_cleaned_again(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "home" / "telemetry-removed").touch()
    for _ in range(2):
        remove_leftovers(tmp_path / "home")
        assert len([path for path in cache.rglob("*") if path.is_file()]) == 2
        assert [path.name for path in (tmp_path / "home").iterdir()] == [
            "onnxruntime-files-removed"
        ]


def test_what_is_not_ours_stays(cache: Path, tmp_path: Path) -> None:
    other = cache / "Microsoft" / "DeveloperTools" / "deviceid"
    other.write_text("of another program")
    remove_leftovers(tmp_path / "home")
    assert [path for path in cache.rglob("*") if path.is_file()] == [other]


def test_without_a_home_there_was_no_earlier_version(cache: Path, tmp_path: Path) -> None:
    remove_leftovers(tmp_path / "elsewhere")
    assert len([path for path in cache.rglob("*") if path.is_file()]) == 2


def test_a_dependency_update_is_not_committed_before_nothing_leaves() -> None:
    """What CI runs ends with the test in network namespaces, and `make lock` says so."""
    root = Path(__file__).parent.parent
    assert "python -m tests.nothing_leaves" in (root / ".ci" / "run").read_text()
    assert ".ci/run" in (root / "Makefile").read_text().split("\nlock:")[1].split("\n\n")[0]
