"""Downloads: from a real server that breaks off, lies, is slow or has nothing; never unasked."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import whisper

from rehearse.engines.whisper import download as downloading
from rehearse.engines.whisper.download import begun_bytes, download
from rehearse.engines.whisper.known_models import ALIASES, KNOWN, KnownModel
from rehearse.engines.whisper.weights import (
    download_missing,
    installed_models,
    load_model,
    speech_models,
)
from rehearse.errors import RehearseError
from rehearse.rehearsing.speech_models import DownloadStopped
from tests.weights_server import WeightsServer, weights_server

CONTENT = bytes(range(256)) * 4000


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloading, "PAUSE_S", 0.01)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WeightsServer]:
    """The model `small` comes from it."""
    with weights_server("small", CONTENT) as running:
        monkeypatch.setitem(KNOWN, "small", running.model)
        yield running


def fetch(model: KnownModel, folder: Path) -> list[int]:
    arrived: list[int] = []
    download(model, folder, arrived.append, lambda: True)
    return arrived


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_the_names_places_and_checksums_are_those_of_the_library() -> None:
    ours = {name: KNOWN[ALIASES.get(name, name)].url for name in (*KNOWN, *ALIASES)}
    assert ours == whisper._MODELS
    assert {model.host for model in KNOWN.values()} == {"openaipublic.azureedge.net"}
    sizes = [model.size_bytes for model in KNOWN.values()]
    assert sizes == sorted(sizes)


def test_one_request_brings_the_file_and_says_nothing_of_the_person(
    server: WeightsServer, tmp_path: Path
) -> None:
    arrived = fetch(server.model, tmp_path / "models")
    assert (tmp_path / "models" / "small.pt").read_bytes() == CONTENT
    assert names(tmp_path / "models") == ["small.pt"]
    assert arrived[0] == 0
    assert arrived[-1] == len(CONTENT)
    ((method, path, headers),) = server.requests
    assert (method, path) == ("GET", f"/models/{server.model.sha256}/small.pt")
    assert set(headers) == {"Accept-Encoding", "Host", "User-Agent", "Connection"}


def test_a_connection_that_breaks_off_is_taken_up_where_it_was(
    server: WeightsServer, tmp_path: Path
) -> None:
    server.behaviour.break_off_after = 300_000
    fetch(server.model, tmp_path)
    assert (tmp_path / "small.pt").read_bytes() == CONTENT
    assert server.ranges == [None, *(f"bytes={n}00000-" for n in (3, 6, 9))]


def test_a_stopped_download_continues_in_a_later_one(server: WeightsServer, tmp_path: Path) -> None:
    arrived = [0]
    with pytest.raises(DownloadStopped):
        download(server.model, tmp_path, arrived.append, lambda: arrived[-1] < 100_000)
    kept = begun_bytes(server.model, tmp_path)
    assert 100_000 <= kept < len(CONTENT)
    assert "small" not in installed_models(tmp_path)
    (shown,) = (one for one in speech_models(tmp_path) if one.name == "small")
    assert (shown.here, shown.begun_bytes) == (False, kept)
    fetch(server.model, tmp_path)
    assert server.ranges[-1] == f"bytes={kept}-"
    assert installed_models(tmp_path)[-1] == "small"


def test_a_server_without_ranges_begins_again(server: WeightsServer, tmp_path: Path) -> None:
    server.behaviour.ranges = False
    (tmp_path / "small.pt.part").write_bytes(b"old" * 1000)
    assert fetch(server.model, tmp_path)[0] == 0
    assert (tmp_path / "small.pt").read_bytes() == CONTENT


def test_what_the_library_left_under_the_final_name_is_continued(
    server: WeightsServer, tmp_path: Path
) -> None:
    (tmp_path / "small.pt").write_bytes(CONTENT[:5000])
    assert "small" not in installed_models(tmp_path)
    fetch(server.model, tmp_path)
    assert server.ranges == ["bytes=5000-"]


@pytest.mark.parametrize("content", [CONTENT[:-1] + b"x", CONTENT + b"more"])
def test_other_bytes_are_deleted_and_never_used(
    content: bytes, server: WeightsServer, tmp_path: Path
) -> None:
    server.content = content
    wanted = server.model
    if len(content) > len(CONTENT):
        wanted = replace(wanted, sha256="0" * 64)
    with pytest.raises(RehearseError) as caught:
        fetch(wanted, tmp_path)
    assert caught.value.problem == (
        "What came from 127.0.0.1 is not the speech model small: its checksum differs. "
        "It is deleted."
    )
    assert names(tmp_path) == []


def test_a_file_that_is_not_there_is_asked_for_once(server: WeightsServer, tmp_path: Path) -> None:
    server.behaviour.status = 404
    with pytest.raises(RehearseError, match=r"did not send the speech model small \(error 404\)"):
        fetch(server.model, tmp_path)
    assert len(server.requests) == 1


def test_another_host_is_not_asked(server: WeightsServer, tmp_path: Path) -> None:
    with weights_server("small", CONTENT) as other:
        server.behaviour.redirect = other.model.url
        with pytest.raises(RehearseError, match="error 302"):
            fetch(server.model, tmp_path)
        assert other.requests == []


def test_a_server_in_trouble_keeps_what_has_arrived(server: WeightsServer, tmp_path: Path) -> None:
    (tmp_path / "small.pt.part").write_bytes(CONTENT[:5000])
    server.behaviour.status = 503
    with pytest.raises(RehearseError) as caught:
        fetch(server.model, tmp_path)
    assert caught.value.problem == (
        "The download of small from 127.0.0.1 broke off (it answered with error 503)."
    )
    assert "continues where it broke off" in caught.value.remedy
    assert begun_bytes(server.model, tmp_path) == 5000


def test_nobody_there(server: WeightsServer, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(RehearseError) as caught:
        fetch(replace(server.model, server=address), tmp_path)
    assert caught.value.problem.startswith("127.0.0.1 cannot be reached (")
    assert caught.value.remedy == "Check the connection to the internet and try again."


def test_a_server_that_falls_silent_is_not_waited_for(
    server: WeightsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "TIMEOUT_S", 0.2)
    server.behaviour.bytes_per_s = 1000  # the first bytes at once, the next much later
    monkeypatch.setattr("tests.weights_server.time", SimpleNamespace(sleep=lambda s: wait()))

    def wait() -> None:
        server.behaviour.status = 503
        import time

        time.sleep(1)

    with pytest.raises(RehearseError, match="broke off"):
        fetch(server.model, tmp_path)
    assert begun_bytes(server.model, tmp_path) == 50


def test_too_little_space_is_said_before_anything_is_asked(
    server: WeightsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=40_000_000))
    with pytest.raises(RehearseError) as caught:
        fetch(server.model, tmp_path)
    assert "too little space" in caught.value.problem
    assert caught.value.remedy.startswith("Free 51 MB")
    assert server.requests == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_disk_that_fills_up_keeps_what_has_arrived(server: WeightsServer, tmp_path: Path) -> None:
    program = (
        "import resource, sys, pathlib\n"
        "from rehearse.engines.whisper.download import download\n"
        "from rehearse.engines.whisper.known_models import KnownModel\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "download(KnownModel(*eval(sys.argv[1])), pathlib.Path(sys.argv[2]), print, lambda: True)"
    )
    one = server.model
    fields = (one.name, one.file, one.sha256, one.size_bytes, one.server)
    done = subprocess.run(
        [sys.executable, "-c", program, repr(fields), str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert f"The speech model small cannot be written to {tmp_path}: File too large." in done.stderr
    assert begun_bytes(one, tmp_path) == 200_000
    fetch(one, tmp_path)
    assert server.ranges[-1] == "bytes=200000-"


def test_a_name_that_somebody_gave_is_downloaded_once(
    server: WeightsServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    download_missing("small", tmp_path)
    assert "small from 127.0.0.1: 100%" in capsys.readouterr().err
    download_missing("small", tmp_path)
    download_missing("tiny.en", tmp_path)
    download_missing("mine.pt", tmp_path)
    assert len(server.requests) == 1


def test_loading_never_downloads(server: WeightsServer, tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="small is not on this computer"):
        load_model("small", tmp_path)
    (tmp_path / "small.pt").write_bytes(b"x" * len(CONTENT))
    with pytest.raises(RehearseError, match=r"small\.pt is damaged: its checksum differs"):
        load_model("small", tmp_path)
    assert server.requests == []
