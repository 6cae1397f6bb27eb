"""Speech: what turns sound into words and measures it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rehearse.calling.live_listener import LiveListener
from rehearse.calling.turn_taking import SpeechDetector
from rehearse.delivery.turn_sound import SoundMeasurer, TurnSound
from rehearse.keeping.chosen_model import chosen_model
from rehearse.rehearsing.sound_tools import SoundTools
from rehearse.rehearsing.speech_models import GoOn, Progress, SpeechModel
from rehearse.sound import Samples
from rehearse.transcript import Drafter, Transcriber, Word

if TYPE_CHECKING:
    from rehearse.engines.whisper.weights import LoadedModel


DEFAULT_MODEL = "tiny.en"


class LiveTranscriber(Transcriber, Drafter, Protocol):
    """What a call needs: words during a turn and right after it."""


def load_transcriber(home: Path, model: str | None) -> LiveTranscriber:
    """`model`: a Whisper model's name, a checkpoint file, None for the one chosen in a voice check,
    else the one that is always installed. A model named here is downloaded if it is missing; a
    chosen one never is."""
    return _load_installed(home, _downloaded(home, model))


def _load_installed(home: Path, name: str) -> LiveTranscriber:
    from rehearse.engines.whisper.transcriber import WhisperTranscriber

    return WhisperTranscriber(_speech_model(home, name))


def _downloaded(home: Path, model: str | None) -> str:
    """The name of the model to use; `model` is here afterwards."""
    if model is not None:
        from rehearse.engines.whisper.weights import download_missing

        download_missing(model, home / "models")
    return model_name(home, model)


def model_name(home: Path, model: str | None) -> str:
    """`model`, or what takes its place where none is named."""
    chosen = None if model else chosen_model(home)
    return model or (chosen.name if chosen is not None else DEFAULT_MODEL)


@functools.lru_cache(1)
def _speech_model(home: Path, model: str) -> LoadedModel:
    """Shared by the transcriber and the search for um and uh."""
    from rehearse.engines.whisper.weights import load_model

    return load_model(model, home / "models")


class MeasurerWhenNeeded:
    """A SoundMeasurer that is loaded at the first turn, with the transcriber's model."""

    def __init__(self, home: Path, model: str | None) -> None:
        self._load = functools.cache(functools.partial(_load_measurer, home, model))

    def measure(self, samples: Samples, start_s: float, words: Sequence[Word]) -> TurnSound:
        return self._load().measure(samples, start_s, words)


def _load_measurer(home: Path, model: str | None) -> SoundMeasurer:
    from rehearse.engines.activity.swift_pitch import SwiftPitch
    from rehearse.engines.activity.turn_measurer import TurnMeasurer
    from rehearse.engines.whisper.filler_detection import WhisperFillerPass

    return TurnMeasurer(
        SwiftPitch(), WhisperFillerPass(_speech_model(home, _downloaded(home, model)))
    )


class TranscriberBehindTheRing:
    """A LiveTranscriber that starts to load in the background when it is constructed."""

    def __init__(self, home: Path, name: str) -> None:
        pool = ThreadPoolExecutor(1, thread_name_prefix="load-model")
        self._loading: Future[LiveTranscriber] = pool.submit(_load_for_a_call, home, name)
        pool.shutdown(wait=False)

    @property
    def name(self) -> str:
        return self._loading.result().name

    def transcribe(
        self, samples: Samples, *, offset_s: float = 0.0, before: str = ""
    ) -> tuple[Word, ...]:
        return self._loading.result().transcribe(samples, offset_s=offset_s, before=before)

    def prepare(self, samples: Samples, *, before: str, go_on: Callable[[], bool]) -> None:
        self._loading.result().prepare(samples, before=before, go_on=go_on)

    def conclude(
        self, samples: Samples, *, offset_s: float = 0.0, before: str = ""
    ) -> tuple[Word, ...]:
        return self._loading.result().conclude(samples, offset_s=offset_s, before=before)


def _load_for_a_call(home: Path, name: str) -> LiveTranscriber:
    """With one thread: two wait for each other on a busy machine, and the call needs a core too."""
    import torch

    torch.set_num_threads(1)
    return _load_installed(home, name)


def call_transcriber(home: Path, model: str | None) -> LiveTranscriber:
    """The installed model loads while the phone rings; a download finishes before it rings."""
    name = _downloaded(home, model)
    if name in installed_models(home):
        return TranscriberBehindTheRing(home, name)
    return _load_for_a_call(home, name)


def installed_models(home: Path) -> list[str]:
    """Names of the speech models that need no download, from the smallest to the largest."""
    from rehearse.engines.whisper import weights

    return weights.installed_models(home / "models")


def speech_models(home: Path) -> list[SpeechModel]:
    """The speech models that are here or offered for download, from the smallest to the largest."""
    from rehearse.engines.whisper import weights

    return weights.speech_models(home / "models")


def download_model(home: Path, name: str, progress: Progress, go_on: GoOn) -> None:
    """Download the speech model `name`; the user has agreed. Raises DownloadStopped, RehearseError.

    `progress` gets the bytes that have arrived; `go_on` says whether to continue.
    """
    from rehearse.engines.whisper.download import download
    from rehearse.engines.whisper.known_models import KNOWN

    download(KNOWN[name], home / "models", progress, go_on)


def larger_model(home: Path, transcriber: str | None) -> str | None:
    """The largest installed model, where it is larger than `transcriber` (name and version)."""
    names = installed_models(home)
    used = (transcriber or "").split(" (")[0]
    return names[-1] if used in names[:-1] else None


def voice_check_models(home: Path, also: str | None) -> list[tuple[str, Callable[[], Transcriber]]]:
    """Every speech model that needs no download, and `also`, each with its loader."""
    names = installed_models(home)
    if also is not None and also not in names:
        names.append(_downloaded(home, also))
    return [(name, functools.partial(_load_for_a_call, home, name)) for name in names]


def live_listener(transcriber: LiveTranscriber, *, recorded: bool) -> LiveListener:
    """Transcribes a turn during the turn. `recorded`: no time passes during transcription."""
    return LiveListener(transcriber, load_detector(), transcriber, waits=recorded)


def load_detector() -> SpeechDetector:
    from rehearse.engines.activity.silero_vad import SileroVad

    return SileroVad()


def sound_tools() -> SoundTools:
    """Recordings as WAV files, reading of any format a phone produces, Silero voice activity."""
    from rehearse.engines.activity.silero_vad import speech_probabilities
    from rehearse.engines.audio.audio_file import check_readable, read_audio, stream_audio
    from rehearse.engines.audio.wav_recorder import WavRecorder
    from rehearse.engines.language.langid_detector import LangidDetector

    return SoundTools(
        read_audio,
        stream_audio,
        check_readable,
        WavRecorder,
        lambda s: speech_probabilities(s).tolist(),
        LangidDetector(),
    )
