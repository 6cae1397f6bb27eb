"""Security: who gets in, and what a page may load.

The address carries a token that works once; the server exchanges it for a cookie. It checks the
Host of every request, so that no internet name that points to 127.0.0.1 gets through. It checks
the Origin and the form's token of every request that changes something.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Scope

from rehearse.web.gate import Gate, cookie_of, reads_pages

ENTER = "/enter"
ANOTHER = "/another"
_STRANGER = "Only a page that rehearse opens itself may ask for this."


class Keys:
    """The secrets of one running server. No page's address ever contains them."""

    def __init__(self, port: int, landing: str = "/") -> None:
        self.port = port
        self.landing = landing
        """The page that the address opens."""
        self.own = secrets.token_urlsafe(32)
        """Lets a second `rehearse review` ask for an address; kept in a file only the person
        can read."""
        self._once: set[str] = set()
        self._session = secrets.token_urlsafe(32)
        self._lock = threading.Lock()

    @property
    def cookie_name(self) -> str:
        """Cookies ignore the port, so the name includes it."""
        return f"rehearse_{self.port}"

    @property
    def origins(self) -> frozenset[str]:
        return frozenset(f"http://{host}" for host in self.hosts)

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    def address(self) -> str:
        """An address that lets a browser in once."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._once.add(token)
        return f"http://127.0.0.1:{self.port}{ENTER}?token={token}"

    def take(self, token: str) -> bool:
        """Whether `token` is still valid; uses it up."""
        with self._lock:
            known = token in self._once
            self._once.discard(token)
        return known

    @property
    def session(self) -> str:
        return self._session

    def is_session(self, value: str) -> bool:
        return hmac.compare_digest(value.encode(), self._session.encode())

    @property
    def form_token(self) -> str:
        """The token in all our forms. Another site can neither read nor guess it."""
        return hmac.new(self._session.encode(), b"form", "sha256").hexdigest()

    def is_form_token(self, value: str) -> bool:
        return hmac.compare_digest(value.encode(), self.form_token.encode())


class PageGate(Gate):
    """Applies the rules of the module's docstring."""

    def __init__(self, app: ASGIApp, keys: Keys, locked: Callable[[], ASGIApp]) -> None:
        """`locked`: the page for a browser without a key."""
        super().__init__(app)
        self._keys = keys
        self._locked = locked

    def _may_connect(self, headers: Headers) -> bool:
        return (
            headers.get("host", "") in self._keys.hosts
            and headers.get("origin", "") in self._keys.origins
            and self._has_cookie(headers)
        )

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._keys.hosts:
            return PlainTextResponse("Unknown host.", 421)
        origin = headers.get("origin")
        if origin is not None and origin not in self._keys.origins:
            return PlainTextResponse("Unknown origin.", 403)
        reading = scope["method"] in ("GET", "HEAD")
        if scope["path"] == ANOTHER:
            return None
        if not reading and origin is None:
            return PlainTextResponse("No origin.", 403)
        if scope["path"] == ENTER:
            return None
        return None if self._has_cookie(headers) else self._stranger(headers)

    def _stranger(self, headers: Headers) -> ASGIApp:
        return self._locked() if reads_pages(headers) else PlainTextResponse(_STRANGER, 403)

    def _has_cookie(self, headers: Headers) -> bool:
        value = cookie_of(headers, self._keys.cookie_name)
        return value is not None and self._keys.is_session(value)

    def _entry(self, scope: Scope) -> ASGIApp | None:
        if scope["path"] == ANOTHER:
            given = Headers(scope=scope).get("authorization", "")
            if scope["method"] == "POST" and hmac.compare_digest(
                given.encode(), f"Bearer {self._keys.own}".encode()
            ):
                return PlainTextResponse(self._keys.address())
            return PlainTextResponse("No.", 403)
        if scope["path"] != ENTER:
            return None
        token = dict(
            part.partition("=")[::2] for part in scope["query_string"].decode("latin-1").split("&")
        ).get("token", "")
        if not self._keys.take(token):
            if self._has_cookie(Headers(scope=scope)):
                return RedirectResponse("/", 303)
            return self._stranger(Headers(scope=scope))
        response = RedirectResponse(self._keys.landing, 303)
        response.set_cookie(
            self._keys.cookie_name, self._keys.session, httponly=True, samesite="strict", path="/"
        )
        return response
