"""Link: two network namespaces and a bad Wi-Fi between them.

Like `tc netem`, which not every kernel has: each packet is late by its own time, or lost. The
packets go through two TUN devices and this process, so TCP sees them late, lost and out of order.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TUNSETIFF = 0x400454CA
_TUN_WITHOUT_HEADER = 0x1001
_CLONE_NEWNET = 0x40000000
_LONGEST_PACKET = 2048
_NAMESPACE = Path("/proc/thread-self/ns/net")


@dataclass(frozen=True)
class Weather:
    """For each direction: `delay_s` plus or minus up to `jitter_s`; `loss` of 0..1."""

    delay_s: float = 0.0
    jitter_s: float = 0.0
    loss: float = 0.0


class Link:
    """Carries packets from one end to the other until `close`."""

    def __init__(self, ends: tuple[int, int]) -> None:
        self.weather = Weather()
        self.lost = 0
        self.carried = 0
        self._ends = ends
        self._chance = random.Random(1)
        self._closed = False
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def _carry(self) -> None:
        on_the_way: list[tuple[float, int, int, bytes]] = []
        other = dict(zip(self._ends, reversed(self._ends), strict=True))
        while not self._closed:
            wait_s = on_the_way[0][0] - time.monotonic() if on_the_way else 0.1
            for end in select.select(self._ends, [], [], min(max(wait_s, 0), 0.1))[0]:
                packet = os.read(end, _LONGEST_PACKET)
                self.carried += 1
                if self._chance.random() < self.weather.loss:
                    self.lost += 1
                    continue
                late_s = self._chance.uniform(-self.weather.jitter_s, self.weather.jitter_s)
                due = time.monotonic() + self.weather.delay_s + late_s
                heapq.heappush(on_the_way, (due, self.carried, other[end], packet))
            while on_the_way and on_the_way[0][0] <= time.monotonic():
                _, _, end, packet = heapq.heappop(on_the_way)
                os.write(end, packet)

    def close(self) -> None:
        self._closed = True
        self._thread.join(5)


@contextlib.contextmanager
def linked(near: str, far: str) -> Iterator[Link]:
    """Two new namespaces of these names with nothing but each other. Needs root."""
    ends = []
    try:
        for name, address in ((near, "10.77.0.1/24"), (far, "10.77.0.2/24")):
            _ip("netns", "add", name)
            device = f"tun{len(ends)}-{os.getpid()}"
            ends.append(os.open("/dev/net/tun", os.O_RDWR))
            fcntl.ioctl(
                ends[-1], _TUNSETIFF, struct.pack("16sH22x", device.encode(), _TUN_WITHOUT_HEADER)
            )
            _ip("link", "set", device, "netns", name)
            _ip("-n", name, "link", "set", "lo", "up")
            _ip("-n", name, "addr", "add", address, "dev", device)
            _ip("-n", name, "link", "set", device, "up")
            _ip("-n", name, "route", "add", "default", "dev", device)
        link = Link((ends[0], ends[1]))
        try:
            yield link
        finally:
            link.close()
    finally:
        for end in ends:
            os.close(end)
        for name in (near, far):
            subprocess.run(["ip", "netns", "del", name], check=False, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def inside(name: str) -> Iterator[None]:
    """This thread, and what it starts, in the namespace."""
    libc = ctypes.CDLL(None, use_errno=True)
    with _NAMESPACE.open() as before, Path("/run/netns", name).open() as there:
        if libc.setns(there.fileno(), _CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
        try:
            yield
        finally:
            libc.setns(before.fileno(), _CLONE_NEWNET)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)
