"""Server: one per home folder, found by the next command."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock
import uvicorn

from rehearse.errors import RehearseError
from rehearse.keeping.private import read_private, replace_private
from rehearse.keeping.store import Store
from rehearse.web.app import make_app
from rehearse.web.handset.handset import Handset, home_address
from rehearse.web.impatient_server import ImpatientServer
from rehearse.web.security import ANOTHER, Keys
from rehearse.web.site import Choices, Site
from rehearse.web.telephone import LARGEST_FRAME

LOCK = "review.lock"
CONTACT = "review.json"
LAST_PORT = "review-port"
HANG_UP_WAIT_S = 20.0
_ENDS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


def serve(store: Store, choices: Choices, port: int, ready: Callable[[str, bool], None]) -> None:
    """Serve until the process ends. `ready` gets an address that works once, and whether it is
    ours. If another process already serves this home, `ready` gets that server's address and this
    returns at once. Raises RehearseError.
    """
    try:
        store.home.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(store.home / LOCK, timeout=0)
        lock.acquire()
    except filelock.Timeout:
        ready(_address_of_other(store.home), False)
        return
    except OSError as error:
        raise RehearseError(
            f"{store.home} cannot be written: {error.strerror}.",
            "Choose another folder with --home or REHEARSE_HOME.",
        ) from error
    try:
        _serve(store, choices, port, ready)
    finally:
        lock.release()


def _serve(store: Store, choices: Choices, port: int, ready: Callable[[str, bool], None]) -> None:
    with contextlib.closing(_as_last_time(store.home, port)) as listening:
        keys = Keys(listening.getsockname()[1], "/handset" if choices.handset else "/")
        site = Site(store, keys, choices)
        config = uvicorn.Config(
            make_app(site), log_level="critical", access_log=False, server_header=False,
            timeout_graceful_shutdown=1, lifespan="off",
            ws_max_size=LARGEST_FRAME, ws_per_message_deflate=False,
        )  # fmt: skip
        server = _Server(config)
        site.end = server.end
        # Not a daemon: native code that is still loading at exit would abort the program.
        threading.Thread(target=lambda: site.tagger, name="load-model").start()
        if choices.handset:
            site.handset = Handset(site, home_address())
        with _contact(store.home, keys):
            ready(keys.address(), True)
            try:
                server.run(sockets=[listening])
            finally:
                if site.handset is not None:
                    site.handset.close()
                site.end_drill()
                if site.call is not None and not site.call.over:
                    site.call.hang_up(HANG_UP_WAIT_S)


class _Server(ImpatientServer):
    """Shuts down cleanly on Ctrl-C, SIGTERM, a closed terminal, and the page's "Quit"; it keeps a
    call in progress."""

    def end(self) -> None:
        self.should_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        def end(number: int, frame: object) -> None:
            self.force_exit = self.should_exit
            self.should_exit = True

        before = {number: signal.signal(number, end) for number in _ENDS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _as_last_time(home: Path, port: int) -> socket.socket:
    """Listen on `port`, or, if it is 0, on the last one that the system chose, where it is free:
    browsers keep the permission to use the microphone, and the chosen one, for one port only."""
    if port:
        return _listening(port)
    last = home / LAST_PORT
    try:
        return _listening(int(read_private(last)))
    except (OSError, OverflowError, ValueError, RehearseError):
        listening = _listening(0)
    with contextlib.suppress(OSError):
        replace_private(last, str(listening.getsockname()[1]))
    return listening


def _listening(port: int) -> socket.socket:
    """Listen on this computer's loopback address only; port 0 lets the system choose."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # on Windows it would let two programs share the port
        # Also while the connections of the server before it are still being closed.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        raise RehearseError(
            f"Port {port} cannot be used: {error.strerror}.", "Leave out --port, or name another."
        ) from error
    listening.listen(64)
    return listening


@contextlib.contextmanager
def _contact(home: Path, keys: Keys) -> Iterator[None]:
    """Lets another `rehearse review` find this server; only the person can read the file."""
    path = home / CONTACT
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"port": keys.port, "key": keys.own}, file)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


_UNUSABLE = (OSError, ValueError, KeyError, TypeError, RecursionError, http.client.HTTPException)
"""What a damaged contact file leads to, or one whose port now belongs to another program."""


def _address_of_other(home: Path) -> str:
    remedy = "Wait a moment and try again, or end the other 'rehearse review' first."
    try:
        contact = json.loads((home / CONTACT).read_text(encoding="utf-8"))
        request = urllib.request.Request(
            f"http://127.0.0.1:{int(contact['port'])}{ANOTHER}",
            method="POST",
            headers={"Authorization": f"Bearer {contact['key']}"},
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as answer:
            return str(answer.read().decode())
    except _UNUSABLE as error:
        raise RehearseError(
            "Another 'rehearse review' uses this folder, but does not answer.", remedy
        ) from error
