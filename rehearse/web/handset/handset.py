"""Handset: a listener in the home network, opened on request."""

from __future__ import annotations

import contextlib
import io
import ipaddress
import socket
import threading
import time

import uvicorn

from rehearse.errors import RehearseError
from rehearse.web.handset.certificate import certificate_for
from rehearse.web.handset.handset_app import ENTER, handset_app
from rehearse.web.handset.pairing import Pairing, Stage
from rehearse.web.impatient_server import ImpatientServer
from rehearse.web.site import Site
from rehearse.web.telephone import LARGEST_FRAME

START_LIMIT_S = 15.0
LOOK_EVERY_S = 0.2
MOST_CONNECTIONS = 24
IDLE_S = 5
GONE_AFTER_S = 20
"""A phone that acknowledges nothing for so long is gone; a bad network comes back sooner."""


def home_address() -> str:
    """This computer's address in its local network. Raises RehearseError if it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: the system only looks up the route.
            probe.connect(("198.51.100.1", 9))
            address = str(probe.getsockname()[0])
        except OSError:
            address = "127.0.0.1"
    if ipaddress.ip_address(address).is_loopback:
        raise RehearseError(
            "This computer is in no network.", "Join the same Wi-Fi as your phone, and try again."
        )
    return address


def _notice_who_is_gone(listening: socket.socket) -> None:
    """A phone whose battery is empty, or that left the Wi-Fi, closes no connection: without this
    the system believes in it for a quarter of an hour, and so does the call. Connections take these
    options over from the socket that listens, on Linux and macOS at least."""
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (
        ("TCP_KEEPIDLE", GONE_AFTER_S // 2),
        ("TCP_KEEPINTVL", GONE_AFTER_S // 4),
        ("TCP_KEEPCNT", 2),
        ("TCP_USER_TIMEOUT", GONE_AFTER_S * 1000),
    ):
        if (option := getattr(socket, name, None)) is not None:
            with contextlib.suppress(OSError):
                listening.setsockopt(socket.IPPROTO_TCP, option, value)


class Handset:
    """Listens from its construction until `close`, or until its pairing is closed."""

    def __init__(self, site: Site, address: str) -> None:
        self.pairing = Pairing()
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        _notice_who_is_gone(listening)
        listening.bind((address, 0))
        listening.listen(16)
        self.host = f"{address}:{listening.getsockname()[1]}"
        self._ended = threading.Event()
        self._server: uvicorn.Server | None = None
        self._thread = threading.Thread(
            target=self._serve, args=(site, listening, address), name="handset", daemon=True
        )
        self._thread.start()
        ends_at = time.monotonic() + START_LIMIT_S
        while not self._has_started():
            if time.monotonic() > ends_at or self._ended.is_set():
                self.close()
                raise RehearseError("The way to your phone could not be opened.", "Try again.")
            time.sleep(0.02)
        threading.Thread(target=self._watch, name="handset-watch", daemon=True).start()

    @property
    def is_open(self) -> bool:
        return not self._ended.is_set() and self.pairing.stage is not Stage.CLOSED

    @property
    def address(self) -> str:
        """The address in the code; it works once."""
        return f"https://{self.host}{ENTER}?code={self.pairing.secret}"

    def code(self) -> str:
        """The QR code of `address`, as SVG."""
        import segno

        out = io.BytesIO()
        segno.make(self.address, error="m").save(
            out, kind="svg", scale=6, xmldecl=False, svgns=True, dark="#000", light="#fff"
        )
        return out.getvalue().decode()

    def close(self) -> None:
        """Close the listener. May be called twice."""
        self._ended.set()
        self.pairing.stage = Stage.CLOSED
        if self._server is not None:
            self._server.should_exit = True

    def _has_started(self) -> bool:
        return self._server is not None and self._server.started

    def _serve(self, site: Site, listening: socket.socket, address: str) -> None:
        try:
            with certificate_for(address) as (certificate, key):
                config = uvicorn.Config(
                    handset_app(site, self.pairing, self.host),
                    log_level="critical", access_log=False, server_header=False, lifespan="off",
                    ssl_certfile=certificate, ssl_keyfile=key,
                    timeout_graceful_shutdown=1, timeout_keep_alive=IDLE_S,
                    limit_concurrency=MOST_CONNECTIONS,
                    ws_max_size=LARGEST_FRAME, ws_per_message_deflate=False,
                )  # fmt: skip
                self._server = ImpatientServer(config)
                self._server.run(sockets=[listening])
        finally:
            self._ended.set()
            listening.close()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_EVERY_S):
            if self.pairing.stage is Stage.CLOSED:
                self.close()
