"""Voice: speaks one of the manager's lines."""

from typing import Protocol

from rehearse.sound import Samples


class Voice(Protocol):
    """Renders speech to samples; the line plays them."""

    name: str
    """Engine, voice and rate, as stored with each rehearsal."""

    def speak(self, text: str) -> Samples:
        """`text` spoken, at SAMPLE_RATE_HZ. Empty text gives an empty array."""
        ...

    def prepare(self, texts: list[str]) -> None:
        """Render lines that are likely to be needed, in the background. Returns at once."""
        ...
