"""Watching: a program in a network of its own, with every look-up, connection and write seen."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

REFUSED = 0x8185  # the flags of a DNS answer: this server does not look up anything
CALLS = (
    "connect,sendto,sendmsg,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,"
    "symlink,symlinkat"
)
_ADDRESS = re.compile(
    r'sa_family=AF_INET6?,.*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")'
)
_OPENED = re.compile(r'\b(?:open|openat|creat)\((?:AT_FDCWD<([^>]*)>, |\d+<([^>]*)>, )?"([^"]*)"')
_NAMED = re.compile(r"\b(?:mkdir|rename|link|symlink)\w*\((.*)\) += 0")
_STRING = re.compile(r'"([^"]*)"')
_WRITES = ("O_WRONLY", "O_RDWR", "O_CREAT", "creat(")


class Resolver:
    """Answers every question on 127.0.0.1 with a refusal, and remembers the name asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        while True:
            question, sender = self._socket.recvfrom(4096)
            self.asked.append(_name_in(question))
            flags = REFUSED.to_bytes(2, "big")
            self._socket.sendto(question[:2] + flags + question[4:], sender)


def _name_in(question: bytes) -> str:
    labels, at = [], 12
    while at < len(question) and question[at]:
        labels.append(question[at + 1 : at + 1 + question[at]].decode(errors="replace"))
        at += 1 + question[at]
    return ".".join(labels)


def isolate(folder: Path) -> Resolver:
    """In a new network and mount namespace: only the loopback, and a resolver that refuses."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    (folder / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    subprocess.run(
        ["mount", "--bind", str(folder / "resolv.conf"), os.path.realpath("/etc/resolv.conf")],
        check=True,
    )
    return Resolver()


def start_watched(
    command: Sequence[str], trace: Path, env: Mapping[str, str], **options: object
) -> subprocess.Popen[str]:
    """`command` under strace, children too; what it does is written to `trace`."""
    watched = ["strace", "-f", "-qq", "-y", "--seccomp-bpf", "-s", "300", "-e", f"trace={CALLS}",
               "-o", str(trace), *command]  # fmt: skip
    return subprocess.Popen(watched, env=dict(env), text=True, **options)  # type: ignore[call-overload,no-any-return]


def child_of(process: subprocess.Popen[str]) -> int:
    """The program itself, which strace has started."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(children[0])


@dataclass
class Seen:
    """What went where it should not."""

    connections: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)


def seen_in(trace: Path, allowed: Sequence[Path], folder: Path) -> Seen:
    """Connections beyond this computer, and files written elsewhere than in `allowed`."""
    seen = Seen()
    with trace.open(errors="replace") as lines:
        for line in lines:
            for found in _ADDRESS.finditer(line):
                address = found[1] or found[2]
                if not (address.startswith("127.") or address in ("::1", "::ffff:127.0.0.1")):
                    seen.connections.add(address)
            for name in _written(line):
                path = Path(os.path.normpath(folder / name))
                if not any(path.is_relative_to(place) for place in allowed):
                    seen.written.add(str(path))
    return seen


def _written(line: str) -> Iterator[str]:
    """Names that this call creates or opens for writing; calls that failed wrote nothing."""
    if re.search(r"\) += -1 ", line):
        return
    if opened := _OPENED.search(line):
        if any(flag in line for flag in _WRITES) and "O_PATH" not in line:
            yield str(Path(opened[1] or opened[2] or "", opened[3]))
    elif named := _NAMED.search(line):
        folder = re.search(r"(?:AT_FDCWD|\d+)<([^>]*)>", named[1])
        for name in _STRING.findall(named[1])[-1:]:
            yield str(Path(folder[1] if folder else "", name))


def installation() -> list[Path]:
    """Where the program and what it needs are installed; Python writes its caches there."""
    return [Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parents[2]]
