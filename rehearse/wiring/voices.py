"""Voices: who speaks, and the sounds of a telephone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.calling.parts import Tones
from rehearse.calling.scenario import VoiceStyle
from rehearse.rehearsing.preflight import ClosableVoice
from rehearse.sound import Samples
from rehearse.transcript import Speaker

if TYPE_CHECKING:
    from rehearse.engines.voices.pyttsx3_engine import VoiceInfo
    from rehearse.engines.voices.telephone_voice import TelephoneVoice


def load_voice(
    home: Path,
    wanted: str | None = None,
    style: VoiceStyle | None = None,
    *,
    studio: bool = False,
) -> TelephoneVoice:
    """A character's voice. `wanted`: "pyttsx3" (None too), "piper", or a voice of pyttsx3's."""
    from rehearse.engines.voices.telephone_voice import TelephoneVoice

    style = style or VoiceStyle()
    before_pitch_wpm = round(style.rate_wpm / style.pitch)
    voice: ClosableVoice
    if wanted == "piper":
        from rehearse.engines.voices.piper_voice import PiperVoice

        voice = PiperVoice(rate_wpm=before_pitch_wpm)
    else:
        from rehearse.engines.voices.pyttsx3_voice import Pyttsx3Voice

        name = None if wanted == "pyttsx3" else wanted
        voice = Pyttsx3Voice(home / "voice-cache", voice=name, rate_wpm=before_pitch_wpm)
    return TelephoneVoice(voice, rate_wpm=style.rate_wpm, pitch=style.pitch, studio=studio)


@contextlib.contextmanager
def sample_voices(home: Path, wanted: str | None = None) -> Iterator[dict[Speaker, TelephoneVoice]]:
    """The voices of a sample call: the manager on the phone, the candidate in the room."""
    with contextlib.ExitStack() as stack:
        manager = load_voice(home, wanted)
        stack.enter_context(contextlib.closing(manager))
        candidate = load_voice(home, wanted, VoiceStyle(rate_wpm=160, pitch=0.82), studio=True)
        stack.enter_context(contextlib.closing(candidate))
        yield {Speaker.MANAGER: manager, Speaker.CANDIDATE: candidate}


def keep_sound(path: Path, samples: Samples) -> None:
    """Keep `samples` as a WAV file. Raises RehearseError."""
    from rehearse.engines.audio.sample_file import write_wav

    write_wav(path, samples)


def load_tones(*, studio: bool = False) -> Tones:
    from rehearse.engines.voices import telephone_voice, tones

    def heard(sound: Samples) -> Samples:
        return sound if studio else telephone_voice.on_the_line(sound, seed=len(sound))

    return Tones(
        ring=heard(tones.ring_back()),
        pick_up=heard(tones.pick_up()),
        hang_up=heard(tones.hang_up()),
        beep=heard(tones.voicemail_beep()),
    )


def piper_is_installed() -> bool:
    from rehearse.engines.voices.piper_voice import is_installed

    return is_installed()


def engine_voices(home: Path) -> list[VoiceInfo]:
    """The voices of this computer's own speech engine. Raises RehearseError where it has none."""
    from rehearse.engines.voices.pyttsx3_voice import Pyttsx3Voice

    with contextlib.closing(Pyttsx3Voice(home / "voice-cache")) as voice:
        return voice.voices()
