"""A connection that never finishes its request is closed; others are answered meanwhile."""

import socket
import threading

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from rehearse.web import server


def test_a_connection_that_never_asks_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "FIRST_REQUEST_S", 0.3)
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
