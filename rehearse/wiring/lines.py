"""Lines: microphones and loudspeakers, recordings, the page."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.calling.line import NoLine

if TYPE_CHECKING:
    from rehearse.engines.audio.heard_line import HeardLine
    from rehearse.engines.audio.sounddevice_line import DeviceChoice, SounddeviceLine
    from rehearse.engines.audio.speaker_line import SpeakerLine
    from rehearse.engines.audio.wav_line import WavLine
    from rehearse.engines.browser.browser_line import BrowserLine


def candidate_line(files: Sequence[Path]) -> WavLine:
    """A line on which recordings speak for the candidate."""
    from rehearse.engines.audio.audio_file import read_audio
    from rehearse.engines.audio.wav_line import WavLine

    names = ", ".join(path.name for path in files)
    return WavLine([read_audio(path) for path in files], name=f"recordings ({names})")


def speaker_line(
    loudspeaker: str | None = None, *, speaker: bool = True, paced: bool = True
) -> SpeakerLine:
    """This computer's loudspeaker only, for typed calls and for trying voices."""
    from rehearse.engines.audio.speaker_line import SpeakerLine

    return SpeakerLine(loudspeaker, speaker=speaker, paced=paced)


def heard_line(recorded: WavLine) -> HeardLine:
    """`recorded`, with both sides on this computer's loudspeaker. Raises NoLine."""
    from rehearse.engines.audio.heard_line import HeardLine

    return HeardLine(recorded, speaker_line())


def has_loudspeaker() -> bool:
    """Whether sound can be played here."""
    try:
        with contextlib.closing(speaker_line()):
            return True
    except NoLine:
        return False


def device_line(
    microphone: str | None, loudspeaker: str | None, *, speaker: bool
) -> SounddeviceLine:
    """This computer's microphone and loudspeaker."""
    from rehearse.engines.audio.sounddevice_line import SounddeviceLine

    return SounddeviceLine(microphone=microphone, loudspeaker=loudspeaker, speaker=speaker)


def page_line(listens: bool, headphones: bool, away_s: float) -> BrowserLine:
    """Microphone and loudspeaker of the browser that shows our page."""
    from rehearse.engines.browser.browser_line import BrowserLine

    return BrowserLine(listens=listens, headphones=headphones, away_s=away_s)


def microphones_and_loudspeakers(
    *, rescan: bool = False
) -> tuple[list[DeviceChoice], list[DeviceChoice]]:
    """The devices that `device_line` accepts. Raises RehearseError where PortAudio is missing.

    `rescan` also finds devices plugged in since; no line may be open then.
    """
    from rehearse.engines.audio.sounddevice_line import device_choices, look_again

    if rescan:
        look_again()
    return device_choices("input"), device_choices("output")
