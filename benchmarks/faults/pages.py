"""Pages: hostile requests, slow connections, other users."""

from __future__ import annotations

import argparse
import contextlib
import socket
import time
from pathlib import Path

from benchmarks.faults.programs import SHORT_TALK, run
from benchmarks.faults.row import Row
from benchmarks.faults.server import Visitor, served
from rehearse.keeping.private import readable_by_others
from rehearse.keeping.store import Store

SLOW = 200
CLOSED_WITHIN_S = 60.0


def rows(folder: Path, options: argparse.Namespace) -> list[Row]:
    home = folder / "home"
    run(home, "call", "--candidate", SHORT_TALK, "--no-sound")
    [kept] = Store(home).folders()
    secret = folder / "secret.wav"
    secret.write_bytes(kept.recording.read_bytes())
    with served(home) as (process, visitor):
        found = [_odd_requests(visitor, kept.id), _slow(visitor)]
        command_line = Path(f"/proc/{process.pid}/cmdline").read_bytes()
        token = visitor.entry.partition("token=")[2]
        found.append(Row("token in the process list", 1,
                         "no" if token.encode() not in command_line else "YES",
                         token.encode() not in command_line))  # fmt: skip
        kept.recording.unlink()
        kept.recording.symlink_to(secret)
        status, _ = visitor.ask("GET", f"/rehearsals/{kept.id}/sound")
        found.append(Row("a link planted in place of a recording", 1, f"status {status}",
                         status == 404))  # fmt: skip
    open_to_others = readable_by_others(home)
    found.append(Row("files that other users can read", 1, f"{len(open_to_others)}",
                     not open_to_others))  # fmt: skip
    return found


def _odd_requests(visitor: Visitor, rehearsal_id: str) -> Row:
    """Nothing but a refusal, and never the program's own failure."""
    star = f"/rehearsals/{rehearsal_id}/star"
    asked = [
        visitor.ask("GET", "/", Host="evil.example"),
        visitor.ask("GET", "/", Origin="http://evil.example"),
        visitor.ask("GET", "/", Cookie="rehearse=guessed"),
        visitor.ask("POST", star, "form_token=guessed"),
        visitor.ask("POST", star, f"form_token={visitor.token}", Origin=None),
        visitor.ask("POST", star, f"form_token={visitor.token}", Origin="null"),
        visitor.ask("DELETE", f"/rehearsals/{rehearsal_id}"),
        visitor.ask("PUT", "/"),
        visitor.ask("GET", star),
        *(visitor.ask("GET", path) for path in (
            "/rehearsals/..%2f..%2fetc%2fpasswd", "/rehearsals/%2e%2e/sound", "/static/../app.py",
            "/static/%2e%2e/app.py", "/sheets/..%2fx", f"/rehearsals/{'9' * 5000}",
            "/rehearsals/20260101-000000%00", "/nowhere",
        )),
        visitor.ask("POST", star, "x" * 5_000_000 + f"&form_token={visitor.token}"),
        visitor.ask("POST", star, "&".join(f"a{n}=1" for n in range(5000))),
        visitor.ask("POST", star, "%ff%00", Content_Type="multipart/form-data; boundary=x"),
    ]  # fmt: skip
    statuses = [status for status, _ in asked]
    right = all(400 <= status < 500 for status in statuses)
    shown = ", ".join(f"{statuses.count(one)} times {one}" for one in sorted(set(statuses)))
    return Row("wrong Host, Origin, token, method, path or size", len(asked), shown, right)


def _slow(visitor: Visitor) -> Row:
    """Connections that send a letter and then nothing."""
    connections = []
    for _ in range(SLOW):
        connection = socket.create_connection(("127.0.0.1", visitor.port), timeout=10)
        connection.sendall(b"G")
        connections.append(connection)
    began = time.monotonic()
    status, _ = visitor.ask("GET", "/")
    took_s = time.monotonic() - began
    closed = 0
    for connection in connections:
        connection.settimeout(CLOSED_WITHIN_S)
        with contextlib.suppress(OSError), connection:
            closed += connection.recv(1) == b""
    happened = (
        f"first page in {took_s:.1f} s meanwhile; {closed} were closed by the program within "
        f"{time.monotonic() - began:.0f} s"
    )
    return Row(f"{SLOW} connections that never finish a request", SLOW, happened,
               status == 200 and closed == SLOW)  # fmt: skip
