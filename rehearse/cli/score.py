"""`rehearse score` and `rehearse transcribe`: files in, verdicts or words out."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehearse.cli.common import (
    FILES,
    JSON,
    MODEL,
    NO_FLUENCY,
    Settings,
    busy,
    print_error,
    print_rehearsal,
)
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from rehearse.keeping.store import RehearsalFolder, Store


@click.command()
@FILES
@MODEL
@JSON
@click.option(
    "--explain", is_flag=True, help="Print each clause with its labels and probabilities."
)
@NO_FLUENCY
@click.pass_obj
def score(
    settings: Settings,
    files: tuple[Path, ...],
    model: str | None,
    as_json: bool,
    explain: bool,
    no_fluency: bool,
) -> None:
    """Score pitches: recordings as a phone makes them, .txt files, or rehearsals by their ID."""
    import json

    from rehearse import wiring
    from rehearse.rehearsing import talk_files
    from rehearse.rehearsing.hold import score_rehearsal
    from rehearse.report import result_json
    from rehearse.report.explanation import explanation

    store = settings.store()
    tagger = wiring.load_tagger()
    tools = wiring.sound_tools()
    transcriber = functools.cache(functools.partial(wiring.load_transcriber, store.home, model))
    measurer = None if no_fluency else wiring.MeasurerWhenNeeded(store.home, model)
    failed = False
    for file in files:
        try:
            with busy(f"Scoring {file.name}"):
                folder = _rehearsal_folder(store, file)
                if folder is not None:
                    rehearsal = score_rehearsal(
                        folder, transcriber, tagger, tools, wiring.load_embedder, measurer, store
                    )
                else:
                    rehearsal = talk_files.score_file(file, transcriber, tagger, tools, measurer)
        except RehearseError as error:
            failed = True
            if as_json:
                click.echo(json.dumps(result_json.failure(str(file), error), ensure_ascii=False))
            if settings.debug:
                raise
            print_error(error)
            continue
        assert rehearsal.scorecard is not None
        if as_json:
            answer = result_json.scored(str(file), rehearsal)
            if explain:
                answer["clauses"] = result_json.clauses(rehearsal.scorecard)
            click.echo(json.dumps(answer, ensure_ascii=False))
        else:
            click.echo(f"{file}\n")
            print_rehearsal(rehearsal)
            if explain:
                click.echo(explanation(rehearsal.scorecard) + "\n")
    if failed:
        sys.exit(1)


@click.command()
@FILES
@MODEL
@JSON
@click.pass_obj
def transcribe(
    settings: Settings, files: tuple[Path, ...], model: str | None, as_json: bool
) -> None:
    """Print the words of recordings, with their times."""
    import json

    from rehearse import wiring
    from rehearse.rehearsing import talk_files
    from rehearse.report.result_json import failure, words
    from rehearse.report.text import transcript_text

    home = settings.store().home
    tools = wiring.sound_tools()
    transcriber = functools.cache(functools.partial(wiring.load_transcriber, home, model))
    failed = False
    for file in files:
        try:
            with busy(f"Transcribing {file.name}"):
                transcript = talk_files.transcribe_file(file, transcriber, tools)
        except RehearseError as error:
            failed = True
            if as_json:
                click.echo(json.dumps(failure(str(file), error), ensure_ascii=False))
            if settings.debug:
                raise
            print_error(error)
            continue
        if as_json:
            click.echo(json.dumps(words(str(file), transcript), ensure_ascii=False))
        else:
            click.echo(transcript_text(transcript))
    if failed:
        sys.exit(1)


def _rehearsal_folder(store: Store, file: Path) -> RehearsalFolder | None:
    if file.exists():
        return store.folder_of(file)
    is_id = not file.suffix and len(file.parts) == 1
    return store.find(str(file)) if is_id and (store.home / "rehearsals" / file).is_dir() else None
