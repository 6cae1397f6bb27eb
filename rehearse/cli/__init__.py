"""The command line: parses, wires engines, runs, prints, exits.

Each command's imports wait until it runs, so that help is instant.
"""

from __future__ import annotations

import _thread
import codecs
import contextlib
import io
import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

import click

from rehearse import __version__
from rehearse.cli.about import about
from rehearse.cli.agree import agree
from rehearse.cli.as_started import as_started
from rehearse.cli.call import call
from rehearse.cli.check import check
from rehearse.cli.class_ import class_
from rehearse.cli.common import Settings, print_error, print_note
from rehearse.cli.correct import correct
from rehearse.cli.demo import demo
from rehearse.cli.drill import drill
from rehearse.cli.first_evening import first_evening
from rehearse.cli.judge import judge
from rehearse.cli.kept import list_rehearsals, show
from rehearse.cli.output import (
    READER_LEFT_STATUS,
    ReaderLeft,
    complain,
    noticed_if_reader_left,
    prepare_output,
    say,
)
from rehearse.cli.phone import phone
from rehearse.cli.prep import prep
from rehearse.cli.review import review
from rehearse.cli.scenario import scenario
from rehearse.cli.score import score, transcribe
from rehearse.cli.shortcut import shortcut
from rehearse.cli.voices import voices
from rehearse.errors import RehearseError
from rehearse.machine import why_not_here
from rehearse.preparing.plain_text import windows_letters


class _Commands(click.Group):
    """Help and questions end as every result does if nobody reads them: click's status is 1."""

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        with noticed_if_reader_left():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with noticed_if_reader_left():
            return super().invoke(ctx)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--home", type=click.Path(path_type=Path), envvar="REHEARSE_HOME",
              help="Folder where rehearsals are kept (also: REHEARSE_HOME).")  # fmt: skip
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__, prog_name="rehearse")
@click.pass_context
def cli(context: click.Context, home: Path | None, debug: bool) -> None:
    """Practise the call to the hiring manager aloud, in private, on your own computer."""
    if sentence := why_not_here():  # before numpy or torch end the program without a word
        print_note(sentence)
        sys.exit(1)
    context.obj = Settings(home, debug)
    if context.invoked_subcommand is None:
        context.invoke(review)


for command in (
    first_evening,
    prep,
    call,
    drill,
    scenario,
    voices,
    score,
    class_,
    transcribe,
    list_rehearsals,
    show,
    correct,
    judge,
    agree,
    check,
    phone,
    review,
    shortcut,
    demo,
    about,
):
    cli.add_command(command)


@cli.result_callback()
@click.pass_context
def show_next_step(context: click.Context, /, *_: object, **__: object) -> None:
    """After a command of the first evening, show its next step, as long as that helps."""
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    if on_terminal and context.invoked_subcommand in ("prep", "drill", "call"):
        import time

        from rehearse.keeping.evening_so_far import evening_so_far, reminder_helps
        from rehearse.report.first_evening_view import next_line

        store = context.obj.store()
        summaries = store.summaries()
        evening = evening_so_far(store, summaries)
        if reminder_helps(evening, summaries, time.time()):
            say(as_started(f"\n{next_line(evening)}"))


def _prepare_input() -> None:
    """A closed standard input is an empty one, and a letter in another encoding is a letter."""
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    elif isinstance(sys.stdin, io.TextIOWrapper):
        codecs.register_error("windows_letters", windows_letters)
        sys.stdin.reconfigure(errors="windows_letters")


_A_MOMENT_S = 0.05
_IMPORTING = "<frozen importlib._bootstrap>"


def keep_ctrl_c() -> None:
    """Never raise KeyboardInterrupt while Python takes or leaves its import locks: there it may be
    dropped with a lock still held, and every thread that imports waits for ever."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    if frame is not None and frame.f_code.co_filename == _IMPORTING:
        threading.Timer(_A_MOMENT_S, _thread.interrupt_main).start()
    else:
        raise KeyboardInterrupt


def main() -> None:
    """Entry point: errors become sentences on stderr, with exit status 1.

    Who closes the pipe has read enough, and is told nothing.
    """
    prepare_output()
    _prepare_input()
    keep_ctrl_c()
    os.umask(0o077)  # only the person may read the files, also those that a library writes
    debug = "--debug" in sys.argv
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        with contextlib.suppress(BrokenPipeError):
            error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        complain("Stopped. What was recorded is kept: rehearse list")
        sys.exit(130)
    except ReaderLeft:
        sys.exit(READER_LEFT_STATUS)
    except RehearseError as error:
        if debug:
            raise
        print_error(error)
        sys.exit(1)
    except Exception as error:
        if debug:
            raise
        complain(
            f"rehearse: Something went wrong inside the program ({type(error).__name__}).\n"
            "          What was recorded is kept. Run it again with --debug for details."
        )
        sys.exit(1)
