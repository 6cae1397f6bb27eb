"""Child process of Pyttsx3Voice: renders one line, or lists voices.

Each line gets its own process because of pyttsx3 2.99: of two queued files it writes only the last,
`runAndWait` may return before the file exists, `stop` blocks, and the run after it hangs.

Run as `python -m rehearse.engines.voices.pyttsx3_child`. Reads one JSON object from standard input
and writes one JSON line to standard output: the answer, or `{"failure": ..., "detail": ...}`.
"""

import importlib.metadata
import json
import os
import platform
import sys
import threading
import time
from pathlib import Path
from typing import Any

from rehearse.files_in_use import when_free

_POLL_S = 0.01
_SETTLED_POLLS = 2
_UNREPORTED_S = 1.0
"""Windows never reports a finished file: one that has not changed for this long is finished."""


def main() -> None:
    """Answer the one request on standard input."""
    # pyttsx3 prints to standard output, where the parent expects only the answer.
    answer_stream, sys.stdout = sys.stdout, sys.stderr
    request: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    deadline = threading.Timer(request["timeout_s"], os._exit, (1,))
    deadline.daemon = True
    deadline.start()
    try:
        answer = _describe() if request["task"] == "describe" else _render(request)
    except Exception as error:
        # The text of a rendering error might quote the line, so only its type is passed on.
        detail = str(error) if request["task"] == "describe" else ""
        answer = {"failure": type(error).__name__, "detail": detail}
    answer_stream.write(json.dumps(answer) + "\n")
    answer_stream.flush()
    # A normal exit runs pyttsx3's clean-up, which can hang.
    os._exit(0)


def _describe() -> dict[str, Any]:
    import pyttsx3

    engine = pyttsx3.init()
    wrapper = f"pyttsx3 {importlib.metadata.version('pyttsx3')}"
    espeak = sys.modules.get("pyttsx3.drivers._espeak")
    speaker = f"eSpeak NG {espeak.Info().decode()}" if espeak else platform.platform()
    return {
        "version": f"{speaker}, {wrapper}",
        "library": _loaded_library(),
        "default": engine.getProperty("voice"),
        "voices": [
            {"id": voice.id, "name": voice.name, "language": (voice.languages or [""])[0]}
            for voice in engine.getProperty("voices")
        ],
    }


def _loaded_library() -> str | None:
    """The eSpeak library loaded in this process; None where the system does not say."""
    try:
        mapped = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next(("/" + line.partition("/")[2] for line in mapped if "libespeak" in line), None)


def _render(request: dict[str, Any]) -> dict[str, Any]:
    import pyttsx3

    target = Path(request["path"])
    partial = target.with_name("partial-" + target.name)
    finished = threading.Event()
    failures: list[str] = []
    engine = pyttsx3.init()
    engine.connect("finished-utterance", lambda name, completed: finished.set())
    engine.connect("error", lambda name, exception: failures.append(type(exception).__name__))
    _set_up(engine, request["voice"], request["rate_wpm"])
    engine.save_to_file(request["text"], str(partial))
    engine.runAndWait()
    if failures:
        return {"failure": failures[0], "detail": ""}
    _wait_until_written(partial, finished)
    when_free(lambda: partial.replace(target))
    return {"voice": engine.getProperty("voice")}


def _set_up(engine: Any, voice: str, rate_wpm: int) -> None:
    """Set voice and rate; with eSpeak, wait until the rate is set.

    eSpeak sets parameters on its own thread. On a busy machine it may start to speak before that,
    at its default rate.
    """
    espeak = sys.modules.get("pyttsx3.drivers._espeak")
    if espeak is None:
        engine.setProperty("voice", voice)
        engine.setProperty("rate", rate_wpm)
        return
    engine.proxy.setBusy(False)  # a busy proxy holds settings back until it speaks
    engine.setProperty("voice", voice)
    engine.setProperty("rate", rate_wpm)
    while espeak.dll.espeak_GetParameter(espeak.RATE, 1) != rate_wpm:
        time.sleep(_POLL_S)
    engine.proxy.setBusy(True)


def _wait_until_written(path: Path, finished: threading.Event) -> None:
    size, unchanged = -1, 0
    while True:
        enough = _SETTLED_POLLS if finished.is_set() else round(_UNREPORTED_S / _POLL_S)
        if size > 0 and unchanged >= enough:
            return
        time.sleep(_POLL_S)
        now = path.stat().st_size if path.exists() else -1
        unchanged = unchanged + 1 if now == size else 0
        size = now


if __name__ == "__main__":
    main()
