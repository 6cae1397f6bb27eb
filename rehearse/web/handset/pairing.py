"""Pairing: admits one device as the handset.

It does no networking.
"""

from __future__ import annotations

import enum
import hmac
import secrets
import threading

TRIES = 5
_WORDS = [
    "apple", "anchor", "autumn", "banjo", "basket", "beach", "bridge", "butter", "candle",
    "castle", "cherry", "cloud", "copper", "desert", "dolphin", "eagle", "ember", "falcon",
    "feather", "forest", "garden", "ginger", "glacier", "guitar", "hammer", "harbour",
    "honey", "island", "ivory", "jacket", "jungle", "kettle", "ladder", "lantern", "lemon",
    "maple", "marble", "meadow", "mirror", "mountain", "nutmeg", "ocean", "olive", "orchard",
    "paper", "pepper", "piano", "planet", "pocket", "puzzle", "rabbit", "river", "rocket",
    "saddle", "silver", "spider", "sunset", "thunder", "tiger", "tunnel", "velvet", "violin",
    "walnut", "window", "winter",
]  # fmt: skip


class Stage(enum.StrEnum):
    WAITING = "waiting"
    """Nobody has scanned the code yet."""
    COMPARING = "comparing"
    """A device has scanned it; the person compares the words."""
    PAIRED = "paired"
    CLOSED = "closed"
    """Too many wrong tries, or the person said that the words differ."""


class Pairing:
    """One secret, valid for one device. Five wrong tries before it is paired end the pairing:
    afterwards there is nothing to guess, and nobody may end the person's call."""

    def __init__(self) -> None:
        self.secret = secrets.token_urlsafe(24)
        self.words = " ".join(secrets.SystemRandom().sample(_WORDS, 4))
        self.stage = Stage.WAITING
        self._session = secrets.token_urlsafe(32)
        self._tries_left = TRIES
        self._lock = threading.Lock()

    def enter(self, secret: str) -> str | None:
        """The session of the first device with the secret; None for every other device."""
        with self._lock:
            right = hmac.compare_digest(secret.encode(), self.secret.encode())
            if self.stage is Stage.WAITING and right:
                self.stage = Stage.COMPARING
                return self._session
            if not right and self.stage in (Stage.WAITING, Stage.COMPARING):
                self._tries_left -= 1
                if self._tries_left == 0:
                    self.stage = Stage.CLOSED
            return None

    def is_session(self, value: str) -> bool:
        return self.stage is not Stage.CLOSED and hmac.compare_digest(
            value.encode(), self._session.encode()
        )

    def confirm(self, same: bool) -> None:
        """The person's answer on the computer: whether the words are the same."""
        with self._lock:
            if self.stage is Stage.COMPARING:
                self.stage = Stage.PAIRED if same else Stage.CLOSED

    @property
    def form_token(self) -> str:
        """The token in every form of the handset's pages."""
        return hmac.new(self._session.encode(), b"form", "sha256").hexdigest()

    def is_form_token(self, value: str) -> bool:
        return hmac.compare_digest(value.encode(), self.form_token.encode())
