"""The command line: parses, wires engines, calls, prints, exits. Imports wait for their command."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehearse import __version__
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from rehearse.scoring.scorecard import Scorecard
    from rehearse.store import RehearsalFolder, Store
    from rehearse.transcript import Transcript

_FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
_MODEL = click.option(
    "--model", metavar="NAME|PATH",
    help="Whisper model: tiny.en is installed; another name is downloaded; or a checkpoint file.",
)  # fmt: skip
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
_MICROPHONE = click.option("--microphone", metavar="NAME|N", help="Which microphone to use.")
_LOUDSPEAKER = click.option("--loudspeaker", metavar="NAME|N", help="Which loudspeaker to use.")


@dataclass(frozen=True)
class Settings:
    """What the global options say."""

    home: Path | None
    debug: bool

    def store(self) -> Store:
        from rehearse.store import Store
        from rehearse.wiring import default_home

        return Store(self.home or default_home())


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--home", type=click.Path(path_type=Path), envvar="REHEARSE_HOME",
              help="Folder where rehearsals are kept (also: REHEARSE_HOME).")  # fmt: skip
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__, prog_name="rehearse")
@click.pass_context
def cli(context: click.Context, home: Path | None, debug: bool) -> None:
    """Practise the call to the hiring manager aloud, in private, on your own computer."""
    context.obj = Settings(home, debug)


@cli.command()
@click.option("--candidate", "candidate", multiple=True, type=click.Path(path_type=Path),
              metavar="FILE ...", help="Recordings that stand in for you, one a turn.")  # fmt: skip
@click.argument("more_recordings", nargs=-1, type=click.Path(path_type=Path), metavar="")
@click.option("--sheet", type=click.Path(path_type=Path), metavar="FILE",
              help="Call sheet: whom you call and what you want to say.")  # fmt: skip
@_MODEL
@click.option(
    "--no-sound", is_flag=True, help="Play nothing; the manager speaks into the recording."
)
@click.option("--patience", "patience_s", type=click.FloatRange(0.3, 60), default=2.5,
              show_default=True, metavar="SECONDS", help="Silence that ends your turn.")  # fmt: skip
@click.option("--seed", type=int, help="Repeat a call exactly.")
@_MICROPHONE
@_LOUDSPEAKER
@click.pass_obj
def call(
    settings: Settings,
    candidate: tuple[Path, ...],
    more_recordings: tuple[Path, ...],
    sheet: Path | None,
    model: str | None,
    no_sound: bool,
    patience_s: float,
    seed: int | None,
    microphone: str | None,
    loudspeaker: str | None,
) -> None:
    """Hold a rehearsal: the phone rings, the manager picks up, you make your pitch.

    During the call: Enter = I'm done talking, q or Ctrl-C = hang up. Either way what you said is
    kept and scored.
    """
    import random
    from datetime import datetime

    from rehearse import practice, wiring
    from rehearse.call_sheet import CallSheet, parse_call_sheet
    from rehearse.engines.terminal_keys import TerminalKeys
    from rehearse.report.call_lines import call_line
    from rehearse.scenario import packaged_scenario
    from rehearse.turn_taking import Patience

    recordings = [*candidate, *more_recordings]
    if more_recordings and not candidate:
        raise click.UsageError(
            f"Unexpected argument {more_recordings[0]}; recordings need --candidate."
        )
    store = settings.store()
    call_sheet = parse_call_sheet(_read_text(sheet), str(sheet)) if sheet else CallSheet()
    voice = wiring.load_voice(store.home)
    if recordings:
        line = wiring.candidate_line(recordings)
    else:
        line = wiring.device_line(microphone, loudspeaker, speaker=not no_sound)
    with contextlib.closing(line), contextlib.closing(voice):
        engines = practice.Engines(
            transcriber=wiring.call_transcriber(store.home, model),
            tagger=wiring.load_tagger(),
            voice=voice,
            detector=wiring.load_detector(),
            tones=wiring.load_tones(),
        )
        whom = call_sheet.manager or "Dana Keller"
        click.echo(
            f"Line: {line.name}. Voice: {voice.name}. Model: {model or wiring.DEFAULT_MODEL}."
        )
        click.echo(f"You are calling {whom}. Enter = I'm done talking, q = hang up.\n")
        plan = practice.Plan(
            sheet=call_sheet,
            scenario=packaged_scenario("friendly"),
            seed=seed if seed is not None else random.SystemRandom().randrange(2**31),
            patience=Patience(in_pitch_s=patience_s),
        )

        def show(event: object) -> None:
            if (text := call_line(event)) is not None:  # type: ignore[arg-type]
                click.echo(text)

        with TerminalKeys() as keys:
            folder, rehearsal = practice.hold(
                plan, line, keys, engines, store, datetime.now(), [show]
            )
    assert rehearsal.transcript is not None
    assert rehearsal.scorecard is not None
    click.echo()
    _print_result(rehearsal.transcript, rehearsal.scorecard)
    click.echo(f"Kept as {folder.id} in {folder.path}")


@cli.command()
@_FILES
@_MODEL
@_JSON
@click.option(
    "--explain", is_flag=True, help="Print each clause with its labels and probabilities."
)
@click.pass_obj
def score(
    settings: Settings, files: tuple[Path, ...], model: str | None, as_json: bool, explain: bool
) -> None:
    """Score pitches: recordings of any format a phone produces, or .txt, or the ID of a rehearsal."""
    import json

    from rehearse import practice, wiring
    from rehearse.report import result_json

    store = settings.store()
    tagger = wiring.load_tagger()
    transcriber = functools.cache(functools.partial(wiring.load_transcriber, store.home, model))
    failed = False
    for file in files:
        try:
            with _busy(f"Scoring {file.name}"):
                folder = _rehearsal_folder(store, file)
                if folder is not None:
                    rehearsal = practice.score_rehearsal(folder, transcriber, tagger)
                    assert rehearsal.transcript is not None
                    assert rehearsal.scorecard is not None
                    transcript, scorecard = rehearsal.transcript, rehearsal.scorecard
                else:
                    transcript, scorecard = practice.score_file(file, transcriber, tagger)
        except RehearseError as error:
            failed = True
            if as_json:
                click.echo(json.dumps(result_json.failure(str(file), error), ensure_ascii=False))
            if settings.debug:
                raise
            _print_error(error)
            continue
        if as_json:
            click.echo(json.dumps(result_json.result(str(file), scorecard), ensure_ascii=False))
        else:
            click.echo(f"{file}\n")
            _print_result(transcript, scorecard)
    if failed:
        sys.exit(1)


@cli.command()
@_FILES
@_MODEL
@_JSON
@click.pass_obj
def transcribe(
    settings: Settings, files: tuple[Path, ...], model: str | None, as_json: bool
) -> None:
    """Print the words of recordings, with their times."""
    import json

    from rehearse import practice, wiring
    from rehearse.report.result_json import failure, words
    from rehearse.report.text import transcript_text

    home = settings.store().home
    transcriber = functools.cache(functools.partial(wiring.load_transcriber, home, model))
    failed = False
    for file in files:
        try:
            with _busy(f"Transcribing {file.name}"):
                transcript = practice.transcribe_file(file, transcriber)
        except RehearseError as error:
            failed = True
            if as_json:
                click.echo(json.dumps(failure(str(file), error), ensure_ascii=False))
            if settings.debug:
                raise
            _print_error(error)
            continue
        if as_json:
            click.echo(json.dumps(words(str(file), transcript), ensure_ascii=False))
        else:
            click.echo(transcript_text(transcript))
    if failed:
        sys.exit(1)


@cli.command("list")
@click.pass_obj
def list_rehearsals(settings: Settings) -> None:
    """List the rehearsals kept, newest first."""
    from rehearse.report.text import rehearsal_line
    from rehearse.store import rehearsals

    store = settings.store()
    lines = [rehearsal_line(folder.id, kept) for folder, kept in rehearsals(store)]
    click.echo(
        "\n".join(lines) or f"No rehearsals are kept in {store.home}. Hold one: rehearse call"
    )


@cli.command()
@click.argument("rehearsal_id", required=False, metavar="[ID]")
@_JSON
@click.pass_obj
def show(settings: Settings, rehearsal_id: str | None, as_json: bool) -> None:
    """Show a rehearsal again: the newest, or the one with this ID."""
    import json

    from rehearse.report.result_json import rehearsal_result

    folder = settings.store().find(rehearsal_id)
    rehearsal = folder.load()
    if rehearsal.transcript is None or rehearsal.scorecard is None:
        raise RehearseError(
            f"The rehearsal {folder.id} was broken off before it was scored.",
            f"Its sound is kept: rehearse score {folder.id}",
        )
    if as_json:
        click.echo(json.dumps(rehearsal_result(rehearsal, folder.recording), ensure_ascii=False))
        return
    click.echo(f"{folder.id}   {rehearsal.started_at}\n")
    _print_result(rehearsal.transcript, rehearsal.scorecard)


@cli.command()
@_MICROPHONE
@_LOUDSPEAKER
@_MODEL
@click.pass_obj
def check(
    settings: Settings, microphone: str | None, loudspeaker: str | None, model: str | None
) -> None:
    """Check microphone, loudspeaker, voice and model before a call."""
    from rehearse.preflight import findings

    ready = True
    for finding in findings(settings.store().home, microphone, loudspeaker, model):
        ready = ready and finding.ok
        click.echo(f"{'ok     ' if finding.ok else 'PROBLEM'}  {finding.what}: {finding.said}")
        if finding.remedy:
            click.echo(f"         {finding.remedy}")
    click.echo("\nReady: rehearse call" if ready else "\nNot ready for a call with your own voice.")
    if not ready:
        sys.exit(1)


def _rehearsal_folder(store: Store, file: Path) -> RehearsalFolder | None:
    if file.exists():
        return store.folder_of(file)
    is_id = not file.suffix and len(file.parts) == 1
    return store.find(str(file)) if is_id and (store.home / "rehearsals" / file).is_dir() else None


def _print_result(transcript: Transcript, scorecard: Scorecard) -> None:
    from rehearse.report.text import scorecard_text, transcript_text

    click.echo(transcript_text(transcript) + "\n")
    click.echo(scorecard_text(scorecard) + "\n")


@contextlib.contextmanager
def _busy(what: str) -> Iterator[None]:
    """A spinner on stderr while long work runs, only where somebody looks."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} ..."):
        yield


def _read_text(path: Path) -> str:
    from rehearse.engines.audio_file import check_readable

    check_readable(path)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RehearseError(f"{path} is not a UTF-8 text file.", "Save it as UTF-8.") from error


def _print_error(error: RehearseError) -> None:
    click.echo(f"rehearse: {error.problem}\n          {error.remedy}", err=True)


def main() -> None:
    """Entry point: errors become sentences on stderr, with exit status 1."""
    debug = "--debug" in sys.argv
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped. What was recorded is kept: rehearse list", err=True)
        sys.exit(130)
    except RehearseError as error:
        if debug:
            raise
        _print_error(error)
        sys.exit(1)
    except Exception as error:
        if debug:
            raise
        click.echo(
            f"rehearse: Something went wrong inside the program ({type(error).__name__}).\n"
            "          What was recorded is kept. Run it again with --debug for details.",
            err=True,
        )
        sys.exit(1)
