"""A server of speech models on a real socket, which sends one file as well or badly as told."""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rehearse.engines.whisper.known_models import KnownModel


@dataclass
class Behaviour:
    """What is wrong with the server; by default nothing."""

    status: int | None = None
    break_off_after: int | None = None
    """Bytes of each answer before the connection is closed."""
    ranges: bool = True
    bytes_per_s: float | None = None
    redirect: str = ""


class WeightsServer(ThreadingHTTPServer):
    """`requests`: what was asked for, as (method, path, headers)."""

    daemon_threads = True

    def __init__(self, name: str, content: bytes, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.content = content
        self.behaviour = behaviour
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        sha256 = hashlib.sha256(content).hexdigest()
        address = f"http://127.0.0.1:{self.server_address[1]}/models"
        self.model = KnownModel(name, f"{name}.pt", sha256, len(content), address)

    @property
    def ranges(self) -> list[str | None]:
        return [headers.get("Range") for _, _, headers in self.requests]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that breaks off is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: WeightsServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.requests.append((self.command, self.path, dict(self.headers)))
        told, content = self.server.behaviour, self.server.content
        self.close_connection = True
        if told.status is not None or told.redirect:
            self.send_response(told.status or 302)
            if told.redirect:
                self.send_header("Location", told.redirect)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(asked[1]) if asked and told.ranges else 0
        if start >= len(content):
            self.send_error(416)
            return
        self.send_response(206 if asked and told.ranges else 200)
        if asked and told.ranges:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        end = len(content) if told.break_off_after is None else start + told.break_off_after
        step = max(1, int(told.bytes_per_s / 20)) if told.bytes_per_s else 1 << 20
        for at in range(start, min(end, len(content)), step):
            self.wfile.write(content[at : min(at + step, end)])
            if told.bytes_per_s:
                time.sleep(step / told.bytes_per_s)

    def log_message(self, *_: object) -> None:
        """Quietly."""


@contextlib.contextmanager
def weights_server(name: str, content: bytes, **behaviour: object) -> Iterator[WeightsServer]:
    """A running server of the model `name`; `behaviour`: the fields of Behaviour."""
    server = WeightsServer(name, content, Behaviour(**behaviour))  # type: ignore[arg-type]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
