"""Pyttsx3Engine: finds the speech engine, its voices, and renders lines."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import platform
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from rehearse.errors import RehearseError
from rehearse.files_in_use import when_free
from rehearse.keeping.private import is_full, made_again

EngineLibrary = Literal["system", "packaged"]
"""The eSpeak NG to use on Linux: the system's, or the one in the package espeakng-loader."""

CHILD = (sys.executable, "-m", "rehearse.engines.voices.pyttsx3_child")

_PACKAGE_ROOT = Path(__file__).parents[3]
# Word error rate of tiny.en on 348 words over the telephone: klatt2 13 %, plain en-us 18 %.
_PREFERRED_VOICES = ("gmw/en-us+klatt2",)
_VOICES_NAMED_IN_ERROR = 8


@dataclass(frozen=True)
class VoiceInfo:
    """A voice, which can be selected by its `id`, `name` or `language`."""

    id: str
    name: str
    language: str
    """Language tag such as en-us; empty where the engine does not say."""


@dataclass(frozen=True)
class EngineInfo:
    """What a speech engine reports about itself, and which library it is."""

    library: EngineLibrary | None
    version: str
    default_voice: str
    voices: tuple[VoiceInfo, ...]
    file: str | None
    """The engine's library on disk; None where the system does not say."""
    file_stamp: tuple[int, int] | None
    """Modification time in ns and size in bytes of `file`."""

    def voice_id(self, wanted: str | None) -> str:
        """The id of the voice with this id, name or language, with its variant ("+f3") if any.

        None gives the preferred English voice. Raises RehearseError when there is no such voice.
        """
        if wanted is None:
            return self._english_voice()
        base, plus, variant = wanted.partition("+")
        for voice in self.voices:
            if _folded(base) in map(_folded, _names(voice)):
                return voice.id + plus + variant
        raise self.unknown_voice(wanted)

    def unknown_voice(self, wanted: str) -> RehearseError:
        """The error for a voice that this engine does not have; names some that it has."""
        names = sorted(
            (voice.language or voice.name for voice in self.voices),
            key=lambda name: (not name.startswith("en"), name),
        )
        some = ", ".join(dict.fromkeys(names[:_VOICES_NAMED_IN_ERROR]))
        return RehearseError(
            f"The voice engine ({self.version}) has no voice {wanted!r}.",
            f"Choose another, such as: {some}.",
        )

    def is_current(self) -> bool:
        """Whether the library on disk is unchanged or gone (rendered lines still play then)."""
        stamp = _stamp(self.file)
        return stamp is None or stamp == self.file_stamp

    def _english_voice(self) -> str:
        ids = [voice.id for voice in self.voices]
        preferred = [voice for voice in _PREFERRED_VOICES if voice.partition("+")[0] in ids]
        english = [voice.id for voice in self.voices if voice.language.lower().startswith("en")]
        if self.default_voice in english:
            preferred.append(self.default_voice)
        if not english and not preferred:
            raise RehearseError(
                f"The voice engine ({self.version}) has no English voice.",
                "Install an English voice in the system's speech settings, or name another voice.",
            )
        return (preferred + english)[0]


class Pyttsx3Engine:
    """Runs the child process `child`, which answers one request and exits.

    What the engine reports about itself is cached in `cache_dir`, so that a line rendered earlier
    needs no process at all. `library` None prefers the system's eSpeak NG to the packaged one.
    """

    def __init__(
        self,
        cache_dir: Path,
        *,
        library: EngineLibrary | None,
        timeout_s: float,
        child: Sequence[str],
    ) -> None:
        self._cache_dir = cache_dir
        self._library = library
        self._timeout_s = timeout_s
        self._child = tuple(child)
        self._info: EngineInfo | None = None
        self._info_lock = threading.Lock()
        self._lock = threading.Lock()  # guards the next two
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    def info(self) -> EngineInfo:
        """The engine in use. Raises RehearseError when none is installed or none works."""
        with self._info_lock:
            if self._info is None:
                self._info = self._kept_info() or self._find()
            return self._info

    def render(self, text: str, *, voice: str, rate_wpm: int, path: Path) -> None:
        """Speak `text` into the new file `path`, at the engine's own sample rate and format.

        `voice` is an id, with or without a variant. Raises RehearseError when rendering fails or
        takes longer than the time limit, or when the engine does not have the voice.
        """
        info = self.info()
        line = {"text": text, "voice": voice, "rate_wpm": rate_wpm, "path": str(path)}
        answer = self._ask(info.library, {"task": "render", **line})
        if "failure" in answer:
            raise RehearseError(
                f"The voice engine ({info.version}) failed on a line: {answer['failure']}.",
                "Try another voice or another speaking rate.",
            )
        # An engine that does not know a voice silently keeps its current one.
        if _folded(answer["voice"]) != _folded(voice):
            raise info.unknown_voice(voice)

    def stop(self) -> None:
        """Kill every process; nothing can be rendered any more."""
        with self._lock:
            self._stopped = True
            for process in self._processes:
                process.kill()

    def _find(self) -> EngineInfo:
        problems = []
        for library in self._libraries():
            answer = self._ask(library, {"task": "describe"})
            if "failure" not in answer and answer["voices"]:
                info = _engine_info(library, answer)
                self._keep_info(info)
                return info
            problems.append(answer.get("detail") or answer.get("failure") or "it has no voices")
        reason = f" ({problems[-1]})" if problems else ""
        raise RehearseError(
            f"No working voice engine was found on this computer{reason}.",
            "Install eSpeak NG: on Debian and Ubuntu 'sudo apt install espeak-ng', "
            "on any Linux also 'pip install espeakng-loader'.",
        )

    def _libraries(self) -> list[EngineLibrary | None]:
        if platform.system() != "Linux":
            return [None]
        wanted: list[EngineLibrary] = [self._library] if self._library else ["system", "packaged"]
        return [name for name in wanted if name == "system" or _packaged_folder() is not None]

    def _ask(self, library: EngineLibrary | None, request: dict[str, Any]) -> dict[str, Any]:
        request = {**request, "timeout_s": self._timeout_s}
        with self._start(_environment(library)) as process:
            try:
                output, _ = process.communicate(json.dumps(request).encode(), self._timeout_s)
            except subprocess.TimeoutExpired as error:
                raise RehearseError(
                    f"The voice engine took longer than {self._timeout_s:g} s and was stopped.",
                    "Try again when the computer is less busy, or allow more time.",
                ) from error
            finally:
                process.kill()
                with self._lock:
                    self._processes.discard(process)
        try:
            answer: dict[str, Any] = json.loads(output.splitlines()[-1])
        except (IndexError, ValueError):
            failure = f"its process ended with status {process.returncode} and no answer"
            return {"failure": failure}
        return answer

    def _start(self, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise RehearseError("The voice was closed.", "Start the rehearsal again.")
            try:
                process = subprocess.Popen(
                    self._child,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=environment,
                    start_new_session=True,  # Ctrl-C in the terminal is meant for the call
                )
            except OSError as error:
                raise RehearseError(
                    f"The voice engine's program {self._child[0]} cannot be started: "
                    f"{error.strerror}.",
                    "Install rehearse again.",
                ) from error
            self._processes.add(process)
        return process

    def _info_file(self) -> Path:
        key = json.dumps([self._library, platform.platform()])
        return self._cache_dir / f"engine-{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"

    def _kept_info(self) -> EngineInfo | None:
        import msgspec

        try:
            info = msgspec.json.decode(self._info_file().read_bytes(), type=EngineInfo)
        except (OSError, ValueError, RecursionError):
            return None
        return info if info.is_current() else None

    def _keep_info(self, info: EngineInfo) -> None:
        target = self._info_file()
        partial = target.with_name(f"{target.name}-{os.getpid()}-{threading.get_ident()}.part")

        def keep() -> None:
            partial.write_text(json.dumps(asdict(info)), encoding="utf-8")
            when_free(lambda: partial.replace(target))

        try:
            made_again(target, keep)
        except OSError as error:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
            if not is_full(error):
                raise cannot_keep(self._cache_dir, error.strerror or str(error)) from error


def cannot_keep(cache_dir: Path, reason: str) -> RehearseError:
    """The error for a cache folder that cannot be written."""
    return RehearseError(
        f"The manager's lines cannot be stored in {cache_dir}: {reason.rstrip('.')}.",
        "Make that folder writable, free some disk space, or choose another data folder.",
    )


def _engine_info(library: EngineLibrary | None, answer: dict[str, Any]) -> EngineInfo:
    return EngineInfo(
        library=library,
        version=answer["version"],
        default_voice=answer["default"],
        voices=tuple(VoiceInfo(**voice) for voice in answer["voices"]),
        file=answer["library"],
        file_stamp=_stamp(answer["library"]),
    )


def _stamp(file: str | None) -> tuple[int, int] | None:
    if file is None or not Path(file).exists():
        return None
    status = Path(file).stat()
    return status.st_mtime_ns, status.st_size


def _names(voice: VoiceInfo) -> tuple[str, ...]:
    return voice.id, voice.name, voice.language, voice.id.rpartition("/")[2]


def _folded(name: str) -> str:
    return name.casefold().replace("_", "-")


def _packaged_folder() -> Path | None:
    spec = importlib.util.find_spec("espeakng_loader")
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0]) if folders else None


def _environment(library: EngineLibrary | None) -> dict[str, str]:
    def prepended(name: str, folder: Path) -> str:
        return os.pathsep.join(filter(None, [str(folder), os.environ.get(name)]))

    # The child must find this package from any folder, and must not import modules from there.
    environment = {
        **os.environ,
        "PYTHONPATH": prepended("PYTHONPATH", _PACKAGE_ROOT),
        "PYTHONSAFEPATH": "1",
    }
    folder = _packaged_folder()
    if library == "packaged" and folder is not None:
        environment["LD_LIBRARY_PATH"] = prepended("LD_LIBRARY_PATH", folder)
        environment["ESPEAK_DATA_PATH"] = str(folder / "espeak-ng-data")
    return environment
