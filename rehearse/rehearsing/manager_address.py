"""ManagerAddress: where a language model is, and whether words leave."""

from __future__ import annotations

import ipaddress
import urllib.parse
from dataclasses import dataclass

from rehearse.errors import RehearseError

LOCAL_SERVERS = (("Ollama", 11434), ("LM Studio", 1234), ("llama.cpp", 8080))
"""Servers that are looked for on this computer, with their usual ports, in this order."""


@dataclass(frozen=True)
class ManagerAddress:
    """A server with OpenAI's chat protocol. `url` ends where "/chat/completions" is added."""

    url: str
    host: str
    is_this_computer: bool

    @property
    def is_encrypted(self) -> bool:
        return self.url.startswith("https:")


def parse_address(text: str) -> ManagerAddress:
    """`text` as an address. Raises RehearseError.

    Only numeric loopback addresses and "localhost", which becomes one without a look-up, are this
    computer. Any other host has to be written in full, with its scheme.
    """
    in_full = "://" in text
    try:
        parts = urllib.parse.urlsplit(text if in_full else f"http://{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _not_an_address() from None
    if parts.scheme not in ("http", "https") or not host or not host.isascii():
        raise _not_an_address()
    if any(character.isspace() or character in "\\%" for character in text):
        raise _not_an_address()
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise RehearseError(
            "The address of the language model has a user name, a key or a question mark in it.",
            "Give host, port and path only; no key is ever sent.",
        )
    host = "127.0.0.1" if host == "localhost" else host
    is_this_computer = _is_loopback(host)
    if not (is_this_computer or in_full):
        raise RehearseError(
            f"{host} is not this computer.",
            f"If your words may go there, write the address in full, as in https://{host}/v1.",
        )
    written = f"[{host}]" if ":" in host else host
    written += f":{port}" if port is not None else ""
    path = parts.path.rstrip("/") or "/v1"
    return ManagerAddress(f"{parts.scheme}://{written}{path}", written, is_this_computer)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _not_an_address() -> RehearseError:
    return RehearseError(
        "That is no address of a language model.",
        "Write it like http://127.0.0.1:11434/v1 (--manager-address).",
    )
