"""Voice: says a line of the manager's."""

from typing import Protocol

from rehearse.sound import Samples


class Voice(Protocol):
    """Renders speech to samples; playing them is the line's business."""

    name: str
    """Engine, voice and rate, as kept with each rehearsal."""

    def speak(self, text: str) -> Samples:
        """`text` spoken, at SAMPLE_RATE_HZ. Empty text gives an empty array."""
        ...

    def prepare(self, texts: list[str]) -> None:
        """Render lines that are likely to be needed, in the background. Returns at once."""
        ...
