"""A server with OpenAI's chat protocol on a real socket, which behaves as well or badly as told."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = Callable[["Handler"], None]
MODEL = "tiny-chat"


class ChatTestServer(ThreadingHTTPServer):
    """`reply` answers each chat; `requests` holds what was sent, as (path, headers, body)."""

    daemon_threads = True

    def __init__(self, reply: Reply, models: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply = reply
        self.models = models
        self.requests: list[tuple[str, dict[str, str], dict]] = []
        self.gone = threading.Event()
        """Set when a client has closed the connection before the answer was over."""
        self.over = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def chats(self) -> list[dict]:
        return [body for path, _, body in self.requests if path.endswith("/chat/completions")]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that breaks off is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: ChatTestServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.requests.append((self.path, dict(self.headers), {}))
        data = json.dumps({"data": [{"id": name} for name in self.server.models]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self) -> None:
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.path, dict(self.headers), self.body))
        self.server.reply(self)

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()

    def piece(self, text: str, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
        self.wfile.write(f"data: {json.dumps({'choices': [choice]})}\n\n".encode())
        self.wfile.flush()

    def wait_until_gone(self, limit_s: float) -> None:
        """Until the client has closed the connection, or the test is over."""
        self.connection.settimeout(limit_s)
        try:
            if self.connection.recv(1) == b"":
                self.server.gone.set()
        except ConnectionError:  # closed while bytes were on their way to the client
            self.server.gone.set()
        except OSError:
            pass
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


def says(text: str | Callable[[dict], str], pause_s: float = 0.0, finish: str = "stop") -> Reply:
    """`text`, or what it makes of the request, word by word, after a pause."""

    def reply(handler: Handler) -> None:
        handler.server.over.wait(pause_s)
        written = text if isinstance(text, str) else text(handler.body)
        handler.begin()
        for number, word in enumerate(written.split(" ")):
            handler.piece((" " if number else "") + word)
        handler.piece("", finish)
        handler.wfile.write(b"data: [DONE]\n\n")

    return reply


def hangs(handler: Handler) -> None:
    handler.wait_until_gone(60)


def hangs_after_a_word(handler: Handler) -> None:
    with contextlib.suppress(ConnectionError):  # the client may be gone already
        handler.begin()
        handler.piece("Well,")
    handler.wait_until_gone(60)


def disconnects(handler: Handler) -> None:
    handler.begin()
    handler.piece("Well, I would say")
    handler.connection.shutdown(2)


def rambles(handler: Handler) -> None:
    handler.begin()
    with contextlib.suppress(OSError):
        while not handler.server.over.is_set():
            handler.piece("And another thing that I wanted to say. " * 10)


def never_ends_a_line(handler: Handler) -> None:
    handler.begin()
    with contextlib.suppress(OSError):
        while not handler.server.over.is_set():
            handler.wfile.write(b"data: " + b"x" * 60_000)


def status(code: int, location: str = "") -> Reply:
    def reply(handler: Handler) -> None:
        handler.send_response(code)
        if location:
            handler.send_header("Location", location)
        handler.send_header("Content-Length", "5")
        handler.end_headers()
        handler.wfile.write(b"oops\n")

    return reply


def nonsense(handler: Handler) -> None:
    handler.begin()
    handler.wfile.write(b"data: <html>\n\n")


def script_of(request: dict) -> str:
    """The script's lines in a request, as the model reads them."""
    asked = request["messages"][-1]["content"]
    return asked.rpartition("The line that comes next: ")[2].rpartition("\n")[0]


@contextlib.contextmanager
def chat_server(reply: Reply, models: list[str] | None = None) -> Iterator[ChatTestServer]:
    server = ChatTestServer(reply, [MODEL] if models is None else models)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


class Trap:
    """A socket that must not be connected to."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.visits = 0
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self.socket.accept()[0].close()
                self.visits += 1
