"""Other computers that may get the words of calls: confirmed once, each by itself."""

import stat
import sys
from pathlib import Path

import pytest

from rehearse.keeping.confirmed_hosts import FILE, ConfirmedHosts
from rehearse.keeping.private import OURS


def test_a_host_is_remembered_by_its_scheme_name_and_port(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "https://llm.example.org" not in ConfirmedHosts(home)
    ConfirmedHosts(home).add("https://llm.example.org", "2026-11-29")
    ConfirmedHosts(home).add("https://other.example.org", "2026-11-29")
    assert "https://llm.example.org" in ConfirmedHosts(home)
    for other in ("http://llm.example.org", "https://llm.example.org:8080", "llm.example.org"):
        assert other not in ConfirmedHosts(home)


@pytest.mark.parametrize("content", [b"", b"[1]", b'"https://a.example"', b"\xff", b"[" * 100_000])
def test_from_a_damaged_file_nobody_is_confirmed(content: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert "https://a.example" not in ConfirmedHosts(tmp_path)
    ConfirmedHosts(tmp_path).add("https://a.example", "2026-11-29")
    assert "https://a.example" in ConfirmedHosts(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_nobody_else_can_read_it_and_a_link_confirms_nobody(tmp_path: Path) -> None:
    ConfirmedHosts(tmp_path).add("https://a.example", "2026-11-29")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert FILE in OURS
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / FILE).symlink_to(tmp_path / FILE)
    assert "https://a.example" not in ConfirmedHosts(linked)
