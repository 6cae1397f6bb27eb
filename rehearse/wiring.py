"""Wiring: the only place that chooses engines and devices."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from rehearse import __version__
from rehearse.calling.acts import ActClassifier
from rehearse.calling.line import Line, NoLine
from rehearse.calling.listener import Listener
from rehearse.calling.live_listener import LiveListener
from rehearse.calling.parts import Tones
from rehearse.calling.phrasing import Phraser
from rehearse.calling.scenario import DEFAULT_SCENARIO, VoiceStyle, packaged_scenario
from rehearse.calling.turn_taking import SpeechDetector
from rehearse.delivery.turn_sound import SoundMeasurer, TurnSound
from rehearse.keeping.chosen_model import chosen_model
from rehearse.keeping.store import Store
from rehearse.rehearsing.call_setup import CallSetup, Speaking
from rehearse.rehearsing.class_scoring import Identity, Outcome, ScoringParts, Task, score_task
from rehearse.rehearsing.hold import Engines
from rehearse.rehearsing.manager_address import ManagerAddress
from rehearse.rehearsing.preflight import CallParts, ClosableVoice, DeviceLine
from rehearse.rehearsing.rescore import Rescorer
from rehearse.rehearsing.sound_tools import SoundTools
from rehearse.report.machine_report import Machine
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.rubric import RUBRIC_VERSION
from rehearse.scoring.sheet_match import Embedder
from rehearse.sound import Samples
from rehearse.transcript import Drafter, Speaker, Transcriber, Word

if TYPE_CHECKING:
    from rehearse.engines.audio.sounddevice_line import DeviceChoice, SounddeviceLine
    from rehearse.engines.audio.speaker_line import SpeakerLine
    from rehearse.engines.browser.browser_line import BrowserLine
    from rehearse.engines.licences.parts import Part
    from rehearse.engines.voices.pyttsx3_engine import VoiceInfo
    from rehearse.engines.voices.telephone_voice import TelephoneVoice
    from rehearse.engines.whisper.weights import LoadedModel

DEFAULT_MODEL = "tiny.en"


def default_home() -> Path:
    """Where rehearsals are kept unless --home or REHEARSE_HOME says otherwise."""
    import platformdirs

    return platformdirs.user_data_path("rehearse", appauthor=False)


class LiveTranscriber(Transcriber, Drafter, Protocol):
    """What a call needs: words during a turn and right after it."""


class ClosablePhraser(Phraser, Protocol):
    """A Phraser that holds a connection open."""

    def close(self) -> None: ...


def load_transcriber(home: Path, model: str | None) -> LiveTranscriber:
    """`model`: a Whisper model's name, a checkpoint file, None for the one chosen in a voice check,
    else the one that is always installed."""
    from rehearse.engines.whisper.transcriber import WhisperTranscriber

    return WhisperTranscriber(_speech_model(home, model_name(home, model)))


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
        SwiftPitch(), WhisperFillerPass(_speech_model(home, model_name(home, model)))
    )


class TranscriberBehindTheRing:
    """A LiveTranscriber that starts to load in the background when it is constructed."""

    def __init__(self, home: Path, model: str | None) -> None:
        pool = ThreadPoolExecutor(1, thread_name_prefix="load-model")
        self._loading: Future[LiveTranscriber] = pool.submit(_load_for_a_call, home, model)
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


def _load_for_a_call(home: Path, model: str | None) -> LiveTranscriber:
    """With one thread: two wait for each other on a busy machine, and the call needs a core too."""
    import torch

    torch.set_num_threads(1)
    return load_transcriber(home, model)


def call_transcriber(home: Path, model: str | None) -> LiveTranscriber:
    """The installed model loads while the phone rings; a download finishes before it rings."""
    name = model_name(home, model)
    if name in installed_models(home):
        return TranscriberBehindTheRing(home, name)
    return _load_for_a_call(home, name)


def installed_models(home: Path) -> list[str]:
    """Names of the speech models that need no download, from the smallest to the largest."""
    from rehearse.engines.whisper import weights

    return weights.installed_models(home / "models")


def larger_model(home: Path, transcriber: str | None) -> str | None:
    """The largest installed model, where it is larger than `transcriber` (name and version)."""
    names = installed_models(home)
    used = (transcriber or "").split(" (")[0]
    return names[-1] if used in names[:-1] else None


def load_rescorer(store: Store, model: str | None = None) -> Rescorer:
    """What scoring words again takes."""
    measurer = MeasurerWhenNeeded(store.home, model)
    return Rescorer(load_tagger(), load_embedder, measurer, store, sound_tools())


def voice_check_models(home: Path, also: str | None) -> list[tuple[str, Callable[[], Transcriber]]]:
    """Every speech model that needs no download, and `also`, each with its loader."""
    names = installed_models(home)
    if also is not None and also not in names:
        names.append(also)
    return [(name, functools.partial(_load_for_a_call, home, name)) for name in names]


def live_listener(transcriber: LiveTranscriber, *, recorded: bool) -> LiveListener:
    """Transcribes a turn during the turn. `recorded`: no time passes during transcription."""
    return LiveListener(transcriber, load_detector(), transcriber, waits=recorded)


def load_tagger() -> ClauseTagger:
    from rehearse.engines.minilm.tagger import MinilmTagger

    return MinilmTagger()


def load_act_classifier() -> ActClassifier:
    from rehearse.engines.minilm.act_classifier import MinilmActClassifier

    return MinilmActClassifier()


def load_embedder() -> Embedder:
    from rehearse.engines.minilm.embedder import MinilmEmbedder

    return MinilmEmbedder()


def load_example_vectors() -> npt.NDArray[np.float32]:
    """The worked examples as vectors of `load_embedder`. Raises RehearseError."""
    from rehearse.engines.minilm.example_vectors import example_vectors

    return example_vectors()


def read_job_ad(path: Path) -> str:
    """The text of a job ad: a text, HTML or PDF file. Raises RehearseError."""
    from rehearse.engines.documents import job_ad_file

    return job_ad_file.read_job_ad(path)


def job_ad_text(data: bytes, name: str) -> str:
    """The same of a file's bytes; `name` is for errors. Raises RehearseError."""
    from rehearse.engines.documents import job_ad_file

    return job_ad_file.job_ad_text(data, name)


def pasted_job_ad(text: str) -> str:
    """The text of a job ad that was pasted, which may be HTML."""
    from rehearse.engines.documents import job_ad_file

    return job_ad_file.pasted_text(text)


def find_phraser(address: ManagerAddress | None, model: str | None) -> ClosablePhraser:
    """The language model at `address`, None for the one that runs on this computer; see
    engines/chat/finding.py. Raises RehearseError."""
    from rehearse.engines.chat.finding import find_server

    return find_server(address, model)


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


def load_detector() -> SpeechDetector:
    from rehearse.engines.activity.silero_vad import SileroVad

    return SileroVad()


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


def candidate_line(files: Sequence[Path]) -> Line:
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


def heard_line(recorded: Line) -> Line:
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


def piper_is_installed() -> bool:
    from rehearse.engines.voices.piper_voice import is_installed

    return is_installed()


def engine_voices(home: Path) -> list[VoiceInfo]:
    """The voices of this computer's own speech engine. Raises RehearseError where it has none."""
    from rehearse.engines.voices.pyttsx3_voice import Pyttsx3Voice

    with contextlib.closing(Pyttsx3Voice(home / "voice-cache")) as voice:
        return voice.voices()


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


def this_machine() -> Machine:
    """System, versions and number of sound devices, without names."""
    from rehearse.engines import this_machine as machine

    return machine.this_machine()


def licensed_parts() -> list[Part]:
    """What the program is made of, with licences."""
    from rehearse.engines.licences.parts import parts

    return parts()


def write_shortcut(home: Path | None, icon: Path) -> list[Path]:
    """An icon that opens the pages. Raises RehearseError."""
    from rehearse.engines import shortcut

    return shortcut.write_shortcut(home, icon)


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


@dataclass(frozen=True)
class ClassScorer:
    """Scores recordings of a class in the process that it is sent to, models loaded once there."""

    home: Path
    model: str
    fluency: bool

    def __call__(self, task: Task) -> Outcome:
        with _one_at_a_time:
            return score_task(task, self.identity(), _class_parts(self))

    def identity(self) -> Identity:
        parts = _class_parts(self)
        name = parts.load_transcriber().name
        return Identity(__version__, name, parts.tagger.name, RUBRIC_VERSION, self.fluency)


_one_at_a_time = threading.Lock()
"""A Dask worker may have several threads; the models take one."""


@functools.lru_cache(1)
def _class_parts(scorer: ClassScorer) -> ScoringParts:
    """One thread, so that the words do not depend on how many cores a computer has."""
    import torch

    torch.set_num_threads(1)
    home, model = scorer.home, scorer.model
    return ScoringParts(
        functools.cache(functools.partial(load_transcriber, home, model)),
        load_tagger(),
        sound_tools(),
        functools.cache(load_embedder),
        MeasurerWhenNeeded(home, model) if scorer.fluency else None,
    )


@dataclass(frozen=True)
class Loaders:
    """Loaders for parts that a long-running program may already have loaded."""

    tagger: Callable[[], ClauseTagger] = load_tagger
    acts: Callable[[], ActClassifier] = load_act_classifier
    embedder: Callable[[], Embedder] = load_embedder
    measurer: Callable[[Path, str | None], SoundMeasurer] = MeasurerWhenNeeded


@contextlib.contextmanager
def opened_call(
    setup: CallSetup,
    home: Path,
    typed: Listener | None = None,
    *,
    paced: bool = True,
    loaders: Loaders | None = None,
    line: Line | None = None,
    phraser: Phraser | None = None,
) -> Iterator[tuple[Line, Engines]]:
    """The line and the engines of the call, closed at the end. Raises RehearseError.

    `typed` is the listener of a typed call; only then, `paced` says whether time passes.
    `line`: one that is open already, None for the one that `setup` names. `phraser`: a language
    model for the manager's lines, if there is to be one.
    """
    loaders = loaders or Loaders()
    scenario, studio = setup.scenario, setup.studio
    with contextlib.ExitStack() as stack:
        voice = load_voice(home, setup.voice, scenario.voice, studio=studio)
        stack.enter_context(contextlib.closing(voice))
        assistant = load_voice(home, setup.voice, scenario.assistant_voice, studio=studio)
        stack.enter_context(contextlib.closing(assistant))
        line = stack.enter_context(contextlib.closing(line or _line(setup, paced)))
        transcriber, listener = None, typed
        if setup.speaking is not Speaking.TYPED:
            transcriber = call_transcriber(home, setup.model)
            live = live_listener(transcriber, recorded=bool(setup.recordings))
            listener = stack.enter_context(contextlib.closing(live))
        spoken = transcriber is not None and setup.fluency
        engines = Engines(
            transcriber=transcriber,
            tagger=loaders.tagger(),
            acts=loaders.acts(),
            voice=voice,
            detector=load_detector(),
            tones=load_tones(studio=studio),
            tools=sound_tools(),
            assistant_voice=assistant,
            embedder=loaders.embedder() if setup.sheet.ways else None,
            measurer=loaders.measurer(home, setup.model) if spoken else None,
            listener=listener,
            phraser=phraser,
        )
        yield line, engines


def _line(setup: CallSetup, paced: bool) -> Line:
    if setup.recordings:
        recorded = candidate_line(setup.recordings)
        return heard_line(recorded) if setup.heard else recorded
    if setup.speaking is Speaking.TYPED:
        return speaker_line(setup.loudspeaker, speaker=setup.sound, paced=paced)
    return device_line(setup.microphone, setup.loudspeaker, speaker=setup.sound)


def preflight_parts(
    home: Path,
    microphone: str | None,
    loudspeaker: str | None,
    model: str | None,
    open_line: Callable[[], DeviceLine] | None = None,
) -> CallParts:
    """What a check before a call looks at. `open_line`: None for this computer's devices."""
    return CallParts(
        lambda: load_transcriber(home, model),
        lambda: load_voice(home, style=packaged_scenario(DEFAULT_SCENARIO).voice),
        open_line or (lambda: device_line(microphone, loudspeaker, speaker=True)),
    )
