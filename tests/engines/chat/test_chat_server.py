"""A language model behind a real socket: what it writes, and every way in which that can fail."""

import contextlib
import socket
from collections.abc import Iterator

import pytest

from rehearse.calling.phrase_request import Message
from rehearse.calling.phrasing import PhraserFailed
from rehearse.engines.chat.chat_server import ChatServer
from rehearse.engines.chat.finding import find_server
from rehearse.errors import RehearseError
from rehearse.rehearsing.manager_address import parse_address
from tests import chat_server as behaviour
from tests.chat_server import MODEL, Reply, Trap, chat_server, says

MESSAGES = (Message("system", "You are Dana."), Message("user", "Say hello."))


@contextlib.contextmanager
def asking(reply: Reply) -> Iterator[tuple[ChatServer, behaviour.ChatTestServer]]:
    with chat_server(reply) as server, contextlib.closing(ChatServer(server.url, MODEL)) as chat:
        yield chat, server


def test_it_sends_the_messages_and_puts_the_pieces_together() -> None:
    with asking(says("Hello. What is it about?")) as (chat, server):
        assert chat.begin(MESSAGES).result() == "Hello. What is it about?"
    [(path, headers, body)] = server.requests
    assert path == "/v1/chat/completions"
    assert body["model"] == MODEL
    assert body["messages"] == [
        {"role": "system", "content": "You are Dana."},
        {"role": "user", "content": "Say hello."},
    ]
    assert not {"authorization", "cookie"} & {name.lower() for name in headers}


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (behaviour.disconnects, "the server broke off"),
        (behaviour.rambles, "the model did not come to an end"),
        (behaviour.never_ends_a_line, "the server's answer has no end"),
        (behaviour.status(500), "the server answered with status 500"),
        (behaviour.status(401), "the server answered with status 401"),
        (behaviour.nonsense, "the server's answer cannot be read"),
        (says("I would say that", finish="length"), "the model did not come to an end"),
    ],
)
def test_what_fails_has_a_reason(reply: Reply, why: str) -> None:
    with asking(reply) as (chat, _), pytest.raises(PhraserFailed) as failed:
        chat.begin(MESSAGES).result()
    assert failed.value.why == why


@pytest.mark.parametrize("reply", [behaviour.hangs, behaviour.hangs_after_a_word])
def test_a_request_that_is_broken_off_closes_its_connection_at_once(reply: Reply) -> None:
    with asking(reply) as (chat, server):
        written = chat.begin(MESSAGES)
        while not server.requests:
            assert not written.done()
        written.cancel()
        assert server.gone.wait(10)


def test_closing_does_not_wait_for_a_server_that_hangs() -> None:
    with asking(behaviour.hangs) as (chat, server):
        chat.begin(MESSAGES)
        while not server.requests:
            pass
        chat.close()
        assert server.gone.wait(10)


def test_a_redirect_to_another_host_is_not_followed() -> None:
    with chat_server(says("No.")) as elsewhere:
        reply = behaviour.status(307, f"{elsewhere.url}/chat/completions")
        with asking(reply) as (chat, _), pytest.raises(PhraserFailed, match="status 307"):
            chat.begin(MESSAGES).result()
    assert elsewhere.requests == []


def test_neither_proxies_nor_keys_nor_addresses_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trap = Trap()
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY",
                 "OPENAI_BASE_URL", "OPENAI_API_BASE"):  # fmt: skip
        monkeypatch.setenv(name, trap.address)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "sk-secret")
    with asking(says("Hello.")) as (chat, server):
        assert chat.models() == [MODEL]
        assert chat.begin(MESSAGES).result() == "Hello."
    trap.socket.close()
    assert trap.visits == 0
    assert "sk-secret" not in str(server.requests)


def found(server: behaviour.ChatTestServer, model: str | None = None) -> str:
    with contextlib.closing(find_server(parse_address(server.url), model)) as chat:
        return chat.model


def test_the_first_model_that_writes_is_taken_unless_one_is_named() -> None:
    with chat_server(says("."), ["nomic-embed-text", "llama3.2:3b", "qwen3:8b"]) as server:
        assert found(server) == "llama3.2:3b"
        assert found(server, "qwen3:8b") == "qwen3:8b"
        with pytest.raises(RehearseError, match="no model called 'phi'") as error:
            found(server, "phi")
        assert "llama3.2:3b" in error.value.remedy


def test_a_server_without_a_model_says_what_to_do() -> None:
    with chat_server(says("."), []) as server, pytest.raises(RehearseError) as error:
        found(server)
    assert "ollama pull" in error.value.remedy


def test_without_a_server_the_error_names_what_was_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    monkeypatch.setattr("rehearse.engines.chat.finding.LOCAL_SERVERS", (("Ollama", free),))
    with pytest.raises(RehearseError, match=f"looked for Ollama on port {free}") as error:
        find_server(None, None)
    assert "ollama serve" in error.value.remedy


def test_the_first_server_with_a_model_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with chat_server(says("."), []) as empty, chat_server(says(".")) as server:
        places = (("Ollama", empty.port), ("LM Studio", server.port))
        monkeypatch.setattr("rehearse.engines.chat.finding.LOCAL_SERVERS", places)
        with contextlib.closing(find_server(None, None)) as chat:
            assert chat.name == f"{MODEL} at 127.0.0.1:{server.port}"
