"""Common: options, settings and error messages of all commands."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehearse.cli.as_started import as_started
from rehearse.cli.output import complain, printable, report_width, say
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from rehearse.keeping.rehearsal import Rehearsal
    from rehearse.keeping.store import Store

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
MODEL = click.option(
    "--model", metavar="NAME|PATH",
    help="Whisper model: tiny.en is always there, base as an extra; another name is downloaded; "
    "or a checkpoint file. Without it: the one chosen by 'check --voice', else tiny.en.",
)  # fmt: skip
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
NO_FLUENCY = click.option(
    "--no-fluency", is_flag=True,
    help="Look at what you say only: no pace, pauses, fillers or melody.",
)  # fmt: skip
MICROPHONE = click.option("--microphone", metavar="NAME|N", help="Which microphone to use.")
LOUDSPEAKER = click.option("--loudspeaker", metavar="NAME|N", help="Which loudspeaker to use.")


@dataclass(frozen=True)
class Settings:
    """The global options."""

    home: Path | None
    debug: bool

    def store(self) -> Store:
        from rehearse.keeping.private import make_private
        from rehearse.keeping.store import Store
        from rehearse.privacy import remove_leftovers
        from rehearse.wiring import default_home

        home = self.home or default_home()
        make_private(home)
        remove_leftovers(home)
        return Store(home)


def print_rehearsal(rehearsal: Rehearsal) -> None:
    """A rehearsal that was transcribed, scored and appraised."""
    from rehearse.report.judgement_view import judgements_text

    print_scored(rehearsal)
    print_appraisal(rehearsal)
    if rehearsal.judgements:
        say(judgements_text(rehearsal.judgements, report_width()) + "\n")


def print_scored(rehearsal: Rehearsal) -> None:
    """Print the transcript and the scorecard."""
    from rehearse.report.sheet_text import sheet_text
    from rehearse.report.text import scorecard_text, transcript_text

    assert rehearsal.transcript is not None
    assert rehearsal.scorecard is not None
    width, typed = report_width(), rehearsal.typed
    say(transcript_text(rehearsal.transcript, width, typed=typed) + "\n")
    alone = not rehearsal.transcript.has_manager
    say(scorecard_text(rehearsal.scorecard, width, typed=typed, alone=alone) + "\n")
    if rehearsal.sheet_match is not None:
        say(sheet_text(rehearsal.sheet_match, width) + "\n")


def print_appraisal(rehearsal: Rehearsal) -> None:
    """Print delivery, advice and praise."""
    from rehearse.coaching.unclear_advice import voice_check_helps
    from rehearse.report.delivery_text import appraisal_text
    from rehearse.report.late_answers import IN_THE_TERMINAL, late_answers
    from rehearse.report.paragraph import paragraph

    appraisal = appraisal_text(
        rehearsal.delivery, rehearsal.coaching, report_width(), typed=rehearsal.typed
    )
    if appraisal:
        say(as_started(appraisal) + "\n")
    transcript, card = rehearsal.transcript, rehearsal.scorecard
    if transcript and card and voice_check_helps(transcript.unclear, card.recognition):
        say(as_started("The voice check: rehearse check --voice"))
        say(as_started("Write a misheard turn as you said it: rehearse correct\n"))
    if late := late_answers(rehearsal, IN_THE_TERMINAL):
        say(paragraph(late, width=report_width()) + "\n")


@contextlib.contextmanager
def busy(what: str) -> Iterator[Callable[[float, float | None], None]]:
    """A spinner on stderr during long work, only on a terminal.

    Yields a function that shows how many seconds of a recording are done, and of how many.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda done_s, length_s: None
        return
    from rich.console import Console

    from rehearse.report.wording import clock

    with Console(stderr=True).status(f"{printable(what)} ...", spinner="line") as status:

        def show(done_s: float, length_s: float | None) -> None:
            of = f" of {clock(length_s)}" if length_s else ""
            status.update(f"{printable(what)} ... {clock(done_s)}{of}")

        yield show


def read_text(path: Path) -> str:
    from rehearse.engines.audio.audio_file import check_readable

    check_readable(path)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RehearseError(f"{path} is not a UTF-8 text file.", "Save it as UTF-8.") from error


def print_error(error: RehearseError) -> None:
    complain(f"rehearse: {error.problem}\n          {error.remedy}")


def print_note(sentence: str) -> None:
    """Print a note on a result, on stderr."""
    complain(f"rehearse: {sentence}")
