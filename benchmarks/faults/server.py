"""Server: a running `rehearse review`, and a raw client."""

from __future__ import annotations

import contextlib
import http.client
import re
import subprocess
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults.programs import ENV, command, wait_for


class Visitor:
    """Let in once; then any header, path, method and body."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        wait_for(process, "works once")
        address = urllib.parse.urlsplit(process.stdout.readline().strip())
        assert address.port is not None
        self.port: int = address.port
        self.cookie = ""
        self.entry = f"{address.path}?{address.query}"
        self.ask("GET", self.entry)
        found = re.search(r'name="form_token" value="([^"]+)"', self.ask("GET", "/")[1])
        self.token = found[1] if found else ""

    def ask(
        self, method: str, path: str, body: str | None = None, **headers: str | None
    ) -> tuple[int, str]:
        """Status and text of the answer; a header of None is left out."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        sent: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.port}", "Cookie": self.cookie,
            "Origin": f"http://127.0.0.1:{self.port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(connection):
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            data = (body or "").encode()
            connection.putheader("Content-Length", str(len(data)))
            connection.endheaders(data)
            answer = connection.getresponse()
            self.cookie = (answer.getheader("Set-Cookie") or self.cookie).split(";")[0]
            return answer.status, answer.read().decode(errors="replace")

    def post(self, path: str, **form: str) -> tuple[int, str]:
        return self.ask("POST", path, urllib.parse.urlencode({**form, "form_token": self.token}))


@contextlib.contextmanager
def served(home: Path) -> Iterator[tuple[subprocess.Popen[str], Visitor]]:
    process = subprocess.Popen(
        command(home, "review", "--no-browser"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, env=ENV,
    )  # fmt: skip
    try:
        yield process, Visitor(process)
    finally:
        process.terminate()
        process.wait(timeout=60)
