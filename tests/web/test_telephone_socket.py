"""The socket between a page and its line: what is odd, too much or silent is let go."""

import json
from collections.abc import Iterator

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocket, WebSocketDisconnect

from rehearse.calling.line import LineDown
from rehearse.engines.browser import troubles
from rehearse.engines.browser.messages import recorded_message
from rehearse.web import telephone
from rehearse.web.telephone import MOST_AT_ONCE, MOST_ODD_MESSAGES, NO_CALL, ODD, Switchboard

HELLO = json.dumps(
    {"type": "hello", "clock": "1", "received": 0, "device": "", "latency_s": 0.0, "processing": []}
)


@pytest.fixture
def switchboard() -> Switchboard:
    return Switchboard()


@pytest.fixture
def page(switchboard: Switchboard) -> Iterator[TestClient]:
    async def connect(socket: WebSocket) -> None:
        await telephone.connect(socket, switchboard)

    with TestClient(Starlette(routes=[WebSocketRoute("/telephone", connect)])) as client:
        yield client


def code(socket: WebSocketTestSession) -> int:
    """Why the program closes the socket."""
    with pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_bytes()
    return closed.value.code


def test_without_a_call_there_is_nothing_to_listen_to(page: TestClient) -> None:
    with page.websocket_connect("/telephone") as socket:
        assert code(socket) == NO_CALL


def test_a_page_that_sends_nothing_understandable_is_let_go(
    page: TestClient, switchboard: Switchboard
) -> None:
    switchboard.open_line()
    with page.websocket_connect("/telephone") as socket:
        socket.send_text(HELLO)
        for _ in range(MOST_ODD_MESSAGES + 1):
            socket.send_text("odd")
        assert code(socket) == ODD


def test_a_page_that_sends_too_much_at_once_is_let_go(
    page: TestClient, switchboard: Switchboard
) -> None:
    line = switchboard.open_line()
    with page.websocket_connect("/telephone") as socket:
        socket.send_text(HELLO)
        for number in range(3 * MOST_AT_ONCE):
            socket.send_bytes(recorded_message(320 * number, np.zeros(320, np.int16)))
        assert code(socket) == ODD
    assert line.behind(), "what came before that was heard"


def test_a_page_that_falls_silent_is_gone(
    page: TestClient, switchboard: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telephone, "IDLE_S", 0.2)
    line = switchboard.open_line()
    with page.websocket_connect("/telephone") as socket:
        socket.send_text(HELLO)
        with pytest.raises(LineDown) as trouble:
            line.read()
    assert trouble.value.problem == troubles.AWAY[0]
