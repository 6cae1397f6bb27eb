"""Random damage to files: to their bytes, their lines, or their structure."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 7, 1e300, -0.5, 10**30, "", "x", "\u2028<b>", [], {}, [[]], "\ud800",
)  # fmt: skip
ODD_LINES: tuple[bytes, ...] = (
    b"", b"=", b"\xff\xfe", b"\x00", b"[[", b"[x]", b"[[ways]]", b'"', b"'", b"{", b"}", b"[]",
    b"{manager", b"{0}", b"{manager!r:>9}", b"\xe2\x80\xa8", b"1e400", b"nan", b"-inf", b"true",
    b"9" * 5000, b"x" * 3000, b"x" * 140_000, b"1979-05-27", b"1979-99-99", b'[""]', b'["a", 1]',
    b'"\\ud800"', b'"""', b"../x", b"..\\x", b"/", b"a\x00b/c", b"http://x",
    "\u202e\u0301\u0662".encode(), b"[" * 100_000, b"{" * 100_000, b"a." * 20_000,
    b"a = {b = {c = [" * 3000,
)  # fmt: skip


def bytes_mutated(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    at = chance.randrange(len(found))
    match chance.randrange(4):
        case 0:
            found[at] = chance.randrange(256)
        case 1:
            del found[at : at + chance.randrange(1, 40)]
        case 2:
            found[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 5)))
        case _:
            del found[at:]
    return bytes(found)


def lines_mutated(data: bytes, chance: random.Random) -> bytes:
    """A text with a line, or a part of one, replaced, repeated, moved or left out."""
    lines = data.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = chance.choice(ODD_LINES)
        case 4:
            name, mark, _ = lines[at].partition(b"=")
            lines[at] = name + mark + chance.choice(ODD_LINES)
        case _:
            cells = lines[at].replace(b";", b",").split(b",")
            cells[chance.randrange(len(cells))] = chance.choice(ODD_LINES)
            lines[at] = b",".join(cells)
    return b"\n".join(lines)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """(container, key) of everything in a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        yield value, key
        if isinstance(inner, dict | list):
            yield from places(inner)


def structure_mutated(data: bytes, chance: random.Random) -> bytes:
    value = json.loads(data)
    container, key = chance.choice(list(places(value)))
    match chance.randrange(4):
        case 0:
            del container[key]
        case 1:
            container[key] = chance.choice(ODD)
        case 2 if isinstance(container, list):
            container.append(container[key])
        case _:
            other, at = chance.choice(list(places(value)))
            container[key] = json.loads(json.dumps(other[at]))
    return json.dumps(value).encode()
