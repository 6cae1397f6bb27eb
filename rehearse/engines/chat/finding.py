"""Finding: the language model that runs on this computer."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from rehearse.calling.phrasing import PhraserFailed
from rehearse.engines.chat.chat_server import ChatServer
from rehearse.errors import RehearseError
from rehearse.rehearsing.manager_address import LOCAL_SERVERS, ManagerAddress, parse_address

_NOT_FOR_CHAT = ("embed", "rerank", "whisper")
"""Parts of the names of models that do not write."""
_MOST_NAMED = 8


def find_server(address: ManagerAddress | None, model: str | None) -> ChatServer:
    """The server at `address`, None for the first that answers on this computer.

    `model`: None for the first that it lists. Nothing is downloaded. Raises RehearseError.
    """
    if address is not None:
        return _at(address, model)
    looked, without_model = [], []
    for name, port in LOCAL_SERVERS:
        looked.append(f"{name} on port {port}")
        try:
            return _at(parse_address(f"http://127.0.0.1:{port}"), model)
        except _NobodyThere:
            continue
        except RehearseError as error:
            without_model.append(error)
    if without_model:
        raise without_model[0]
    raise RehearseError(
        f"No language model answers on this computer: looked for {', '.join(looked)}.",
        "Start one of them with a model, as with 'ollama serve'; name another address with "
        "--manager-address; or leave out --manager local: the script needs no model.",
    )


class _NobodyThere(RehearseError):
    pass


def _at(address: ManagerAddress, model: str | None) -> ChatServer:
    with _closed_after_errors(ChatServer(address.url)) as server:
        try:
            models = server.models()
        except PhraserFailed as failed:
            raise _NobodyThere(
                f"No language model answers at {address.url}: {failed.why}.",
                "Start it, and wait until it has loaded its model, or name another address with "
                "--manager-address.",
            ) from failed
        if not models:
            raise RehearseError(
                f"The server at {address.url} has no model.",
                "Give it one, as with 'ollama pull NAME'; rehearse downloads none.",
            )
        if model is not None and model not in models:
            raise RehearseError(
                f"The server at {address.url} has no model called {model!r}.",
                f"It has {_named(models)}: name one with --manager-model.",
            )
    writing = [name for name in models if not any(part in name for part in _NOT_FOR_CHAT)]
    server.close()
    return ChatServer(address.url, model or (writing or models)[0])


@contextlib.contextmanager
def _closed_after_errors(server: ChatServer) -> Iterator[ChatServer]:
    try:
        yield server
    except BaseException:
        server.close()
        raise


def _named(models: list[str]) -> str:
    more = "" if len(models) <= _MOST_NAMED else f" and {len(models) - _MOST_NAMED} more"
    return ", ".join(models[:_MOST_NAMED]) + more
