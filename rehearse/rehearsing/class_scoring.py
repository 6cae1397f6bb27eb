"""Class scoring: one recording, as a worker scores it."""

from __future__ import annotations

import dataclasses
import hashlib
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from rehearse.delivery.turn_sound import SoundMeasurer
from rehearse.errors import RehearseError
from rehearse.keeping.class_results import ClassResult
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.class_plan import content_sha256
from rehearse.rehearsing.sound_tools import SoundTools
from rehearse.rehearsing.talk_files import score_file
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.sheet_match import Embedder
from rehearse.transcript import Transcriber


@dataclass(frozen=True)
class Identity:
    """Everything that a result depends on besides the recording and its call sheet."""

    rehearse: str
    transcriber: str
    tagger: str
    rubric: str
    fluency: bool


@dataclass(frozen=True)
class Task:
    """`content` holds the file if the worker cannot read `path`; else None."""

    key: str
    path: Path
    sha256: str
    sheet: CallSheet
    identity: Identity
    content: bytes | None = None


@dataclass(frozen=True)
class Outcome:
    """`result`: a ClassResult as JSON; if None, `problem` and `remedy` say what went wrong.

    `sound_s`: seconds of the recording up to its last word, `busy_s`: seconds that scoring took.
    """

    key: str
    result: bytes | None
    problem: str = ""
    remedy: str = ""
    sound_s: float = 0.0
    busy_s: float = 0.0


class Runner(Protocol):
    """Scores many recordings, on this computer's cores or on a cluster's."""

    def identity(self) -> Identity:
        """The versions that the workers score with. Raises RehearseError if they differ."""
        ...

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """One outcome for each task, as they finish. Raises RehearseError if it cannot go on."""
        ...

    def close(self) -> None:
        """Stop at once and drop unfinished tasks."""
        ...


@dataclass(frozen=True)
class ScoringParts:
    """The engines of one worker."""

    load_transcriber: Callable[[], Transcriber]
    tagger: ClauseTagger
    tools: SoundTools
    load_embedder: Callable[[], Embedder]
    measurer: SoundMeasurer | None


def result_key(sha256: str, file: str, sheet: CallSheet, identity: Identity) -> str:
    """The same recording, sheet and versions give the same key on every computer."""
    is_text = Path(file).suffix.lower() == ".txt"
    parts = msgspec.json.encode([sha256, is_text, sheet, identity], order="deterministic")
    return hashlib.sha256(parts).hexdigest()[:32]


def score_task(task: Task, identity: Identity, parts: ScoringParts) -> Outcome:
    """Score one recording. Never raises: the outcome says what is wrong with it."""
    began = time.perf_counter()
    try:
        if identity != task.identity:
            raise RehearseError(
                "The worker that took this has another version of rehearse or of its models.",
                "Install the same version everywhere.",
            )
        result, sound_s = _scored(task, parts)
    except RehearseError as error:
        return Outcome(task.key, None, error.problem, error.remedy)
    except Exception as error:
        # Thousands of others wait: a bug that one recording triggers is that recording's error.
        return Outcome(
            task.key,
            None,
            f"Something went wrong inside the program ({type(error).__name__}).",
            "Score this one alone for details: rehearse --debug score FILE",
        )
    return Outcome(task.key, result, sound_s=sound_s, busy_s=time.perf_counter() - began)


def _scored(task: Task, parts: ScoringParts) -> tuple[bytes, float]:
    if task.content is None:
        return _scored_file(task, task.path, parts)
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        path = Path(folder) / f"recording{task.path.suffix}"
        path.write_bytes(task.content)
        return _scored_file(task, path, parts)


def _scored_file(task: Task, path: Path, parts: ScoringParts) -> tuple[bytes, float]:
    try:
        same = content_sha256(path) == task.sha256
    except OSError as error:
        raise RehearseError(
            f"The file cannot be read: {error.strerror}.", "Check it and run the class again."
        ) from error
    if not same:
        raise RehearseError(
            "The file changed while the class was being scored.", "Run the class again."
        )
    notes: list[str] = []
    what = "The text" if path.suffix.lower() == ".txt" else "The recording"
    try:
        talk = score_file(
            path,
            parts.load_transcriber,
            parts.tagger,
            parts.tools,
            parts.measurer,
            note=lambda sentence: notes.append(sentence.replace(path.name, what)),
            sheet=task.sheet,
            load_embedder=parts.load_embedder,
        )
    except RehearseError as error:
        # The line names the file already, and on a cluster its path would be a temporary one.
        raise RehearseError(error.problem.replace(str(path), "The file"), error.remedy) from error
    scored = talk.rehearsal
    assert scored.transcript is not None
    ends = [turn.end_s for turn in scored.transcript.utterances if turn.end_s is not None]
    length_s = max(ends, default=None)
    scored = dataclasses.replace(scored, duration_s=length_s)
    return msgspec.json.encode(ClassResult(scored, tuple(notes))), length_s or 0.0
