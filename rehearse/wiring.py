"""Wiring: the one place where engines and devices are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.call import Tones
from rehearse.line import Line
from rehearse.scoring.clauses import ClauseTagger
from rehearse.sound import Samples
from rehearse.transcript import Transcriber, Word
from rehearse.turn_taking import SpeechDetector

if TYPE_CHECKING:
    from rehearse.engines.pyttsx3_voice import Pyttsx3Voice
    from rehearse.engines.sounddevice_line import SounddeviceLine

DEFAULT_MODEL = "tiny.en"


def default_home() -> Path:
    """Where rehearsals are kept unless --home or REHEARSE_HOME says otherwise."""
    import platformdirs

    return platformdirs.user_data_path("rehearse", appauthor=False)


def load_transcriber(home: Path, model: str | None) -> Transcriber:
    """`model`: a Whisper model's name, a checkpoint file, None for the one that is installed."""
    from rehearse.engines.whisper_transcriber import WhisperTranscriber
    from rehearse.engines.whisper_weights import load_model

    return WhisperTranscriber(load_model(model, home / "models"))


class TranscriberBehindTheRing:
    """A Transcriber that loads in the background from its construction on."""

    def __init__(self, home: Path, model: str | None) -> None:
        pool = ThreadPoolExecutor(1, thread_name_prefix="load-model")
        self._loading: Future[Transcriber] = pool.submit(load_transcriber, home, model)
        pool.shutdown(wait=False)

    @property
    def name(self) -> str:
        return self._loading.result().name

    def transcribe(self, samples: Samples, *, offset_s: float = 0.0) -> tuple[Word, ...]:
        return self._loading.result().transcribe(samples, offset_s=offset_s)


def call_transcriber(home: Path, model: str | None) -> Transcriber:
    """The installed model loads while the phone rings; a download is finished before."""
    if model in (None, DEFAULT_MODEL):
        return TranscriberBehindTheRing(home, model)
    return load_transcriber(home, model)


def load_tagger() -> ClauseTagger:
    from rehearse.scoring.cue_tagger import CueTagger

    return CueTagger()


def load_voice(home: Path, voice: str | None = None) -> Pyttsx3Voice:
    from rehearse.engines.pyttsx3_voice import Pyttsx3Voice

    return Pyttsx3Voice(home / "voice-cache", voice=voice)


def load_detector() -> SpeechDetector:
    from rehearse.engines.silero_vad import SileroVad

    return SileroVad()


def load_tones() -> Tones:
    from rehearse.engines import tones

    return Tones(
        ring=tones.ring_back(),
        pick_up=tones.pick_up(),
        hang_up=tones.hang_up(),
        beep=tones.voicemail_beep(),
    )


def candidate_line(files: Sequence[Path]) -> Line:
    """A line on which recordings stand in for the person."""
    from rehearse.engines.audio_file import read_audio
    from rehearse.engines.wav_line import WavLine

    names = ", ".join(path.name for path in files)
    return WavLine([read_audio(path) for path in files], name=f"recordings ({names})")


def device_line(
    microphone: str | None, loudspeaker: str | None, *, speaker: bool
) -> SounddeviceLine:
    """This computer's microphone and loudspeaker."""
    from rehearse.engines.sounddevice_line import SounddeviceLine

    return SounddeviceLine(microphone=microphone, loudspeaker=loudspeaker, speaker=speaker)
