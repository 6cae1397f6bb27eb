"""Gate: middleware that lets in only who may come in."""

from __future__ import annotations

import base64
import hashlib
from abc import ABC, abstractmethod
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Gate(ABC):
    """Applies a subclass's rules to every request, and HEADERS to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            if self._may_connect(Headers(scope=scope)):
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers["server"] = "rehearse"
            await send(message)

        answer = self._refusal(scope) or self._entry(scope) or self._app
        await answer(scope, receive, with_headers)

    @abstractmethod
    def _may_connect(self, headers: Headers) -> bool:
        """Whether a web socket may be opened; browsers would let any site open one."""

    @abstractmethod
    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """The answer to a request that is refused; None if it may come in."""

    @abstractmethod
    def _entry(self, scope: Scope) -> ASGIApp | None:
        """The answer to a request that asks to be let in; None for all others."""


def cookie_of(headers: Headers, name: str) -> str | None:
    """The value of the request's cookie `name`; None if it has none that can be read."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return None if cookie is None else cookie.value


def policy_hash(text: str) -> str:
    """What a content policy calls a script or style that stands in the page itself."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def reads_pages(headers: Headers) -> bool:
    """Whether a browser asks for a page to show, not for a part of one."""
    return "text/html" in headers.get("accept", "")
