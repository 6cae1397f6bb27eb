"""Security: only the user of this computer gets in, and nothing gets out."""

import http.client
import os
import signal
import stat
import subprocess
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
        answer = self.ask(server.address().split(self.host)[1])
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
        assert Visitor(again).enter(again).status == 303
        started = time.monotonic()
    assert time.monotonic() - started < 15
    assert not (tmp_path / "review.json").exists()
