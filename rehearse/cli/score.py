"""`rehearse score`, `rehearse transcribe`: verdicts or words for files."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rehearse.cli.common import (
    FILES,
    JSON,
    MODEL,
    NO_FLUENCY,
    Settings,
    busy,
    print_error,
    print_note,
    print_rehearsal,
)
from rehearse.cli.output import OutputFailed, report_width, say, say_json
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from rehearse.keeping.rehearsal_folder import RehearsalFolder
    from rehearse.keeping.store import Store

STANDARD_INPUT = "-"


@dataclass
class _Work:
    """The progress messages of the current file, and how the command ends."""

    settings: Settings
    as_json: bool
    notes: list[str] = field(default_factory=list)
    status: int = 0

    def files(self, files: Sequence[Path]) -> Iterator[Path]:
        """Yield the files in turn, until a person stops the work."""
        for file in files:
            self.notes.clear()
            if self.status != 130:
                yield file

    def stopped(self, at_s: float | None) -> None:
        """Note that the person stopped. `at_s`: how far it got; None: to the end."""
        if at_s is not None:
            from rehearse.report.wording import clock

            self.status = 130
            self.notes.append(f"Stopped: what follows is of the first {clock(at_s)} only.")

    def failed(self, file: Path, error: RehearseError) -> None:
        from rehearse.report.result_json import failure

        self.status = self.status or 1
        if self.as_json:
            say_json(failure(str(file), error))
        if self.settings.debug:
            raise error
        print_error(error)

    def answer(self, result: dict[str, Any]) -> None:
        """Print one result as JSON, with its notes if there are any."""
        say_json(result | ({"notes": list(self.notes)} if self.notes else {}))

    def print_notes(self) -> None:
        for note in self.notes:
            print_note(note)


@click.command()
@FILES
@MODEL
@JSON
@click.option(
    "--explain", is_flag=True, help="Print each clause with its labels and probabilities."
)
@click.option(
    "--listen-again",
    is_flag=True,
    help="Transcribe with the largest installed model; of a kept call, both versions are kept.",
)
@NO_FLUENCY
@click.pass_obj
def score(
    settings: Settings,
    files: tuple[Path, ...],
    model: str | None,
    as_json: bool,
    explain: bool,
    listen_again: bool,
    no_fluency: bool,
) -> None:
    """Score pitches: recordings as a phone makes them, .txt files, - for text from standard input,
    or rehearsals by their ID. Ctrl-C scores what was transcribed so far.
    """
    from rehearse import wiring
    from rehearse.rehearsing import listen_again as second
    from rehearse.rehearsing import talk_files
    from rehearse.rehearsing.hold import score_rehearsal
    from rehearse.report import result_json
    from rehearse.report.explanation import explanation
    from rehearse.report.listen_again_text import listened_again

    store = settings.store()
    tagger = wiring.load_tagger()
    tools = wiring.sound_tools()
    if listen_again:
        model = model or wiring.installed_models(store.home)[-1]
    transcriber = functools.cache(functools.partial(wiring.load_transcriber, store.home, model))
    measurer = None if no_fluency else wiring.MeasurerWhenNeeded(store.home, model)
    work = _Work(settings, as_json)
    for file in work.files(files):
        try:
            with busy(f"Scoring {file.name}") as progress:
                folder = _rehearsal_folder(store, file)
                if folder is not None and listen_again:
                    rescorer = wiring.load_rescorer(store, model)
                    rehearsal = second.listen_again(folder, transcriber, rescorer)
                elif folder is not None:
                    rehearsal = score_rehearsal(
                        folder, transcriber, tagger, tools, wiring.load_embedder, measurer, store
                    )
                elif str(file) == STANDARD_INPUT:
                    talk = talk_files.text_talk(sys.stdin.buffer.read(), note=work.notes.append)
                    rehearsal = talk_files.score_talk(
                        talk, tagger, with_sound=not no_fluency, languages=tools.languages
                    )
                else:
                    scored = talk_files.score_file(
                        file, transcriber, tagger, tools, measurer,
                        note=work.notes.append, progress=progress,
                    )  # fmt: skip
                    rehearsal = scored.rehearsal
                    work.stopped(scored.stopped_at_s)
        except OutputFailed:
            raise
        except RehearseError as error:
            work.failed(file, error)
            continue
        assert rehearsal.scorecard is not None
        if as_json:
            answer = result_json.scored(str(file), rehearsal)
            if explain:
                answer["clauses"] = result_json.clauses(rehearsal.scorecard)
            work.answer(answer)
        else:
            say(f"{_heading(file)}\n")
            work.print_notes()
            for line in listened_again(rehearsal):
                say(line)
            print_rehearsal(rehearsal)
            if explain:
                say(explanation(rehearsal.scorecard, report_width()) + "\n")
    if work.status:
        sys.exit(work.status)


@click.command()
@FILES
@MODEL
@JSON
@click.pass_obj
def transcribe(
    settings: Settings, files: tuple[Path, ...], model: str | None, as_json: bool
) -> None:
    """Print the words of recordings, with their times. Ctrl-C prints those found so far."""
    from rehearse import wiring
    from rehearse.rehearsing import talk_files
    from rehearse.report.result_json import words
    from rehearse.report.text import transcript_text

    home = settings.store().home
    tools = wiring.sound_tools()
    transcriber = functools.cache(functools.partial(wiring.load_transcriber, home, model))
    work = _Work(settings, as_json)
    for file in work.files(files):
        try:
            with busy(f"Transcribing {file.name}") as progress:
                talk = talk_files.transcribe_file(
                    file, transcriber, tools, note=work.notes.append, progress=progress
                )
                work.stopped(talk.stopped_at_s)
        except RehearseError as error:
            work.failed(file, error)
            continue
        if as_json:
            work.answer(words(str(file), talk.transcript))
        else:
            if len(files) > 1:
                say(f"{file}\n")
            work.print_notes()
            say(transcript_text(talk.transcript, report_width()) + ("\n" if len(files) > 1 else ""))
    if work.status:
        sys.exit(work.status)


def _heading(file: Path) -> str:
    return "Text from standard input" if str(file) == STANDARD_INPUT else str(file)


def _rehearsal_folder(store: Store, file: Path) -> RehearsalFolder | None:
    """The rehearsal whose ID or sound is `file`; None for any other file.

    An ID takes precedence over a file in the current folder: write ./NAME for the file.
    """
    if len(file.parts) == 1 and store.has(str(file)):
        return store.folder(str(file))
    return store.folder_of(file) if file.exists() else None
