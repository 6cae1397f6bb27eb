"""ChatServer: a language model behind OpenAI's chat protocol.

Through httpx2, which is told to read nothing from the environment: no proxy, no key, no address, no
log level. The `openai` library takes all of these from there, and its log shows what is sent.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from rehearse.calling.phrase_request import Message
from rehearse.calling.phrasing import PhraserFailed
from rehearse.errors import RehearseError

CONNECT_S = 5.0
LIST_S = 10.0
"""A server that takes longer to list its models does not answer."""
WRITE_S = 120.0
"""A first reply may have to wait until the model is loaded; in a call nobody waits so long."""
MOST_TOKENS = 160
MOST_CHARACTERS = 2000
"""Of what is written; more would be rejected."""
MOST_BYTES = 400_000
"""Of an answer: each piece of text comes in a few hundred bytes of JSON."""

T = TypeVar("T")


class ChatServer:
    """A Phraser. One event loop on a thread of its own, so that a request can be broken off at any
    moment: the connection is closed, and the server stops writing.

    Raises RehearseError if the extra `local` is not installed. `url` ends before
    "/chat/completions".
    """

    def __init__(self, url: str, model: str = "") -> None:
        try:
            import httpx2
        except ImportError as error:
            raise RehearseError(
                "A manager who is phrased by a language model needs the extra 'local'.",
                "Install it: pip install 'rehearse[local]'",
            ) from error
        self._http = httpx2
        self._client = httpx2.AsyncClient(
            trust_env=False,
            follow_redirects=False,
            timeout=httpx2.Timeout(WRITE_S, connect=CONNECT_S),
            headers={"User-Agent": "rehearse", "Accept-Encoding": "identity"},
        )
        self._url = url
        self.model = model
        self.name = f"{model} at {url.partition('://')[2].partition('/')[0]}"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="chat-server", daemon=True
        )
        self._thread.start()

    def begin(self, messages: Sequence[Message]) -> Future[str]:
        return self._begun(self._write(messages))

    def models(self) -> list[str]:
        """The names of its models. Raises PhraserFailed."""
        return self._begun(self._list()).result()

    def close(self) -> None:
        """Break off everything. May be called twice."""
        if self._thread.is_alive():
            self._begun(self._end()).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._client.aclose()

    def _begun(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _write(self, messages: Sequence[Message]) -> str:
        asked = {
            "model": self.model,
            "messages": [{"role": one.role, "content": one.content} for one in messages],
            "stream": True,
            "max_tokens": MOST_TOKENS,
            "temperature": 0.7,
        }
        stream = _Stream()
        await self._exchange("POST", "/chat/completions", asked, WRITE_S, stream.take)
        return stream.text()

    async def _list(self) -> list[str]:
        data = bytearray()

        def take(piece: bytes) -> bool:
            data.extend(piece)
            return False

        await self._exchange("GET", "/models", None, LIST_S, take)
        found = _json(bytes(data))
        listed = found.get("data") if isinstance(found, dict) else None
        names = [one.get("id") for one in listed or [] if isinstance(one, dict)]
        return [name for name in names if isinstance(name, str) and name.isprintable()]

    async def _exchange(
        self, method: str, path: str, body: object, within_s: float, take: Callable[[bytes], bool]
    ) -> None:
        """Hand the answer to `take` as it arrives, until that is True. Raises PhraserFailed."""
        try:
            async with (
                asyncio.timeout(within_s),
                self._client.stream(method, self._url + path, json=body) as answer,
            ):
                if answer.status_code != 200:
                    raise PhraserFailed(f"the server answered with status {answer.status_code}")
                received = 0
                async for piece in answer.aiter_raw():
                    received += len(piece)
                    if received > MOST_BYTES:
                        raise PhraserFailed("the server's answer has no end")
                    if take(piece):
                        return
        except (TimeoutError, self._http.TimeoutException):
            raise PhraserFailed("the server did not answer in time") from None
        except self._http.ConnectError:
            raise PhraserFailed("the server cannot be reached") from None
        except (self._http.HTTPError, self._http.StreamError):
            raise PhraserFailed("the server broke off") from None


class _Stream:
    """Puts together what a server sends piece by piece, as server-sent events."""

    def __init__(self) -> None:
        self._rest = b""
        self._text = ""
        self._over = False

    def take(self, data: bytes) -> bool:
        """Whether this was the end."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if line.startswith(b"data:") and not self._over:
                self._event(line.removeprefix(b"data:").strip())
        return self._over

    def text(self) -> str:
        """Raises PhraserFailed if the end is missing."""
        if not self._over:
            raise PhraserFailed("the server broke off")
        return self._text

    def _event(self, data: bytes) -> None:
        if data == b"[DONE]":
            self._over = True
            return
        try:
            found = _json(data)
            choice = found["choices"][0]
            written = (choice.get("delta") or {}).get("content") or ""
            ended = choice.get("finish_reason")
        except (KeyError, IndexError, TypeError, AttributeError):
            if isinstance(found, dict) and found.get("choices") == []:
                return  # figures about what was used
            raise PhraserFailed("the server's answer cannot be read") from None
        if not isinstance(written, str):
            raise PhraserFailed("the server's answer cannot be read")
        self._text += written
        if ended == "length" or len(self._text) > MOST_CHARACTERS:
            raise PhraserFailed("the model did not come to an end", it_wrote=True)
        self._over = ended is not None


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise PhraserFailed("the server's answer cannot be read") from None
