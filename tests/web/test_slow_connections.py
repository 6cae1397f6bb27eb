"""A connection that never finishes its request is closed; others are answered meanwhile."""

import socket
import ssl
import threading
from contextlib import closing
from pathlib import Path

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from rehearse.keeping.store import Store
from rehearse.web import impatient_server, server
from rehearse.web.handset.handset import Handset
from rehearse.web.security import Keys
from rehearse.web.site import Choices, Site


def test_a_connection_that_never_asks_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impatient_server, "FIRST_REQUEST_S", 0.3)
    listening = server._listening(0)
    running = server._Server(
        uvicorn.Config(PlainTextResponse("here"), log_level="critical", lifespan="off")
    )
    monkeypatch.setattr(running, "capture_signals", lambda: listening)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        slow = socket.create_connection(listening.getsockname(), timeout=60)
        slow.sendall(b"G")
        quick = socket.create_connection(listening.getsockname(), timeout=60)
        quick.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b"here" in b"".join(iter(lambda: quick.recv(4096), b""))
        assert slow.recv(1) == b""
    finally:
        running.should_exit = True
        thread.join()


def test_the_handset_closes_it_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(impatient_server, "FIRST_REQUEST_S", 0.3)
    stranger = ssl._create_unverified_context()
    with closing(Handset(Site(Store(tmp_path), Keys(1), Choices()), "127.0.0.1")) as handset:
        address, port = handset.host.split(":")

        def connected() -> ssl.SSLSocket:
            plain = socket.create_connection((address, int(port)), timeout=60)
            return stranger.wrap_socket(plain)

        silent, slow, quick = connected(), connected(), connected()
        slow.sendall(b"G")
        quick.sendall(f"GET / HTTP/1.1\r\nHost: {handset.host}\r\n\r\n".encode())
        assert b"403" in quick.recv(100)
        assert silent.recv(1) == b""
        assert slow.recv(1) == b""
