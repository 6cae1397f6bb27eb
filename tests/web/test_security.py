"""Security: only the user of this computer gets in, and nothing gets out."""

import contextlib
import http.client
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.program import command, rehearse
from tests.web.conftest import Server, serving

pytestmark = pytest.mark.timeout(200)


class Visitor:
    """Sends exactly what it is told to, cookies too."""

    def __init__(self, server: Server) -> None:
        self.port = int(str(server.contact["port"]))
        self.host = f"127.0.0.1:{self.port}"
        self.cookie = ""

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Host": self.host, "Cookie": self.cookie}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        answer.text = answer.read().decode(errors="replace")  # type: ignore[attr-defined]
        return answer

    def enter(self, server: Server) -> http.client.HTTPResponse:
        return self.enter_at(server.address().split(self.host)[1])

    def enter_at(self, path: str) -> http.client.HTTPResponse:
        answer = self.ask(path)
        self.cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        return answer


@pytest.fixture
def guest(server: Server) -> Visitor:
    visitor = Visitor(server)
    visitor.enter(server)
    return visitor


def test_the_address_opens_once_and_gives_a_strict_cookie(server: Server) -> None:
    visitor = Visitor(server)
    path = server.address().split(visitor.host)[1]
    answer = visitor.ask(path)
    cookie = answer.getheader("Set-Cookie") or ""
    assert answer.status == 303
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert visitor.ask(path).status == 403


@pytest.mark.parametrize("path", ["/", "/static/player.js", "/rehearsals.csv", "/call/events"])
def test_without_the_cookie_there_is_nothing(server: Server, path: str) -> None:
    assert Visitor(server).ask(path).status == 403
    stranger = Visitor(server)
    stranger.cookie = f"rehearse_{stranger.port}=guessed"
    assert stranger.ask(path).status == 403


def test_another_name_for_this_host_is_refused(guest: Visitor) -> None:
    assert guest.ask("/", Host="evil.example").status == 421
    assert guest.ask("/", Host=f"evil.example:{guest.port}").status == 421
    assert guest.ask("/").status == 200


def test_a_form_from_another_site_does_nothing(guest: Visitor, server: Server) -> None:
    target = f"/rehearsals/{server.rehearsals()[0]}/delete"
    ours = f"http://{guest.host}"
    for headers in ({}, {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": ours}):
        answer = guest.ask(target, "POST", "form_token=guessed", **headers)
        assert answer.status == 403, headers
    assert (server.home / "rehearsals" / server.rehearsals()[0] / "call.wav").exists()


def test_pages_may_load_nothing_from_anywhere_else(guest: Visitor) -> None:
    answer = guest.ask("/")
    policy = answer.getheader("Content-Security-Policy") or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy.replace("'self'", "")
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert guest.ask("/nowhere").getheader("Content-Security-Policy") == policy


@pytest.mark.parametrize(
    "wanted",
    [
        "..",
        "%2e%2e",
        "..%2f..%2fetc",
        "20260101-000000%00",
        "20260101-000000/../..",
        "x",
        "a" * 5000,
    ],
)
def test_a_rehearsal_is_named_by_its_id_and_nothing_else(guest: Visitor, wanted: str) -> None:
    for path in (f"/rehearsals/{wanted}", f"/rehearsals/{wanted}/sound"):
        answer = guest.ask(path)
        assert answer.status == 404, path
        assert "Traceback" not in answer.text  # type: ignore[attr-defined]
    for path in (f"/sheets/{wanted}", f"/sheets/{wanted}/delete"):
        assert guest.ask(path).status == 404, path
    assert guest.ask("/static/..%2fapp.py").status == 404


def test_the_file_with_the_key_is_private(server: Server) -> None:
    mode = (server.home / "review.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_the_key_is_in_no_process_list_log_or_referrer(server: Server) -> None:
    visitor = Visitor(server)
    path = server.address().split(visitor.host)[1]
    token = path.partition("token=")[2]
    answer = visitor.enter_at(path)
    assert token not in (answer.getheader("Location") or "")
    assert answer.getheader("Referrer-Policy") == "same-origin"
    page = visitor.ask("/")
    assert page.status == 200
    for secret in (token, visitor.cookie.partition("=")[2], str(server.contact["key"])):
        assert secret not in page.text  # type: ignore[attr-defined]
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                assert secret.encode() not in process.read_bytes()
    kept = [path for path in server.home.rglob("*") if path.is_file()]
    with_key = [
        path.name for path in kept if str(server.contact["key"]).encode() in path.read_bytes()
    ]
    assert with_key == ["review.json"]


def test_a_browser_in_the_terminal_gets_its_page_while_it_runs(tmp_path: Path) -> None:
    """It returns only when the person closes it."""
    browser, seen = tmp_path / "lynx", tmp_path / "seen"
    browser.write_text(
        f"#!{sys.executable}\n"
        "import http.cookiejar, pathlib, sys, time, urllib.request\n"
        "opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())\n"
        "page = opener.open(sys.argv[1], timeout=60).read()\n"
        f"pathlib.Path({str(seen)!r}).write_bytes(page)\n"
        "time.sleep(20)\n"
    )
    browser.chmod(0o700)
    process = subprocess.Popen(
        command(tmp_path / "home", "review"), stdout=subprocess.PIPE, text=True,
        env={**os.environ, "BROWSER": str(browser), "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        assert "open in the browser" in process.stdout.readline()
        end = time.monotonic() + 90
        while not seen.exists() or not seen.read_bytes():
            assert time.monotonic() < end, "no page"
            time.sleep(0.1)
        assert b"<main" in seen.read_bytes()
    finally:
        process.terminate()
        process.wait(timeout=60)
        process.stdout.close()


def test_a_link_in_the_home_folder_is_not_served(server: Server, tmp_path: Path) -> None:
    visitor = Visitor(server)
    visitor.enter(server)
    rehearsal_id = server.rehearsals()[0]
    sound = server.home / "rehearsals" / rehearsal_id / "call.wav"
    secret = sound.rename(tmp_path / "secret.wav")
    try:
        sound.symlink_to(secret)
        assert visitor.ask(f"/rehearsals/{rehearsal_id}/sound").status == 404
        assert visitor.ask(f"/rehearsals/{rehearsal_id}").status == 200
    finally:
        sound.unlink()
        secret.rename(sound)


@pytest.mark.parametrize(
    ("method", "body", "headers"),
    [
        ("PUT", None, {}),
        ("DELETE", None, {}),
        ("POST", "x" * 5_000_000, {}),
        ("POST", "&".join(f"a{n}=1" for n in range(5000)), {}),
        ("POST", "%ff%00", {"Content_Type": "multipart/form-data; boundary=x"}),
        ("POST", "%ff%00", {"Content_Type": "application/json"}),
    ],
    ids=["put", "delete", "5 MB", "5000 fields", "broken multipart", "json"],
)
def test_odd_requests_are_refused(
    guest: Visitor, server: Server, method: str, body: str | None, headers: dict[str, str]
) -> None:
    target = f"/rehearsals/{server.rehearsals()[0]}/star"
    answer = guest.ask(target, method, body, Origin=f"http://{guest.host}", **headers)
    assert 400 <= answer.status < 500


def test_a_second_review_finds_the_first(server: Server) -> None:
    second = rehearse(server.home, "review", "--no-browser")
    assert second.status == 0, second.all
    assert f"127.0.0.1:{server.contact['port']}/enter?token=" in second.out


def test_closing_the_terminal_ends_it_and_bare_rehearse_opens_it(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command(tmp_path), stdout=subprocess.PIPE, text=True,
        env={**os.environ, "BROWSER": "true", "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    assert "open in the browser" in process.stdout.readline()
    first = Server(tmp_path, process, "")
    assert Visitor(first).enter(first).status == 303
    process.send_signal(signal.SIGHUP)
    assert process.wait(timeout=20) == 0
    assert not (tmp_path / "review.json").exists()
    process.stdout.close()
    with serving(tmp_path) as again:
        visitor = Visitor(again)
        assert visitor.enter(again).status == 303
        browsers = socket.create_connection(("127.0.0.1", visitor.port), timeout=60)
    with browsers:  # which a browser keeps open: the server closes it, and does not wait for it
        assert again.process.returncode == 0
        assert browsers.recv(1) == b""
    assert not (tmp_path / "review.json").exists()


def test_the_port_stays_the_same_where_it_is_free(tmp_path: Path) -> None:
    """Browsers keep the permission to use the microphone, and the chosen one, by port."""
    with serving(tmp_path) as first:
        visitor = Visitor(first)
        visitor.enter(first)  # a connection that the server closes first
        port = first.contact["port"]
    with serving(tmp_path) as again:
        assert again.contact["port"] == port
        assert visitor.ask("/").status == 403, "the cookie of before lets nobody in"
    with socket.create_server(("127.0.0.1", int(str(port)))), serving(tmp_path) as other:
        assert other.contact["port"] != port
    (tmp_path / "review-port").write_text("99999999")
    with serving(tmp_path) as after:
        assert after.contact["port"]
