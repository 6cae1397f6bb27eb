"""`rehearse first-evening`: five steps to a first call."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from rehearse.cli.as_started import as_started
from rehearse.cli.common import Settings, print_note
from rehearse.cli.output import say
from rehearse.report.first_evening_view import evening_text

if TYPE_CHECKING:
    from rehearse.rehearsing.sample_call import SampleHeard

STEPS = ("hear", "ways", "question", "friendly", "busy")


@click.command("first-evening")
@click.option("--hear", "sample", type=click.Choice(("good", "bad")),
              help="Hear a good call, or a bad one.")  # fmt: skip
@click.option("--no-sound", is_flag=True, help="Play nothing: all that is said is shown.")
@click.option("--skip", type=click.Choice((*STEPS, "all")), help="Leave out a step.")
@click.pass_obj
def first_evening(settings: Settings, sample: str | None, no_sound: bool, skip: str | None) -> None:
    """Five steps for the first evening: hear a good call and a bad one, find your three ways,
    practise the question, call a friendly manager, call a busy one.

    Without a loudspeaker it goes on without sound. What you have done or left out is remembered.
    """
    from rehearse.preparing.first_evening import FirstEveningFile, Step

    file = FirstEveningFile(settings.store().home)
    if sample is not None:
        _hear(settings, sample, speak=not no_sound and _can_play())
        file.remember(Step.HEAR)
        return
    if skip is not None:
        for step in Step if skip == "all" else (Step(skip),):
            file.remember(step, skipped=True)
    say(_standing(settings))
    if skip is None and sys.stdin is not None and sys.stdin.isatty():
        _lead_through(settings, quiet=no_sound)


def _standing(settings: Settings) -> str:
    """The steps, and the command of the next one."""
    from rehearse.keeping.evening_so_far import evening_so_far

    return as_started(evening_text(evening_so_far(settings.store())))


def _lead_through(settings: Settings, *, quiet: bool) -> None:
    """Start each open step when the person presses Enter, until all are done or they stop."""
    from rehearse.engines.keyboard.typed_ahead import forget_typed_ahead
    from rehearse.keeping.evening_so_far import evening_so_far
    from rehearse.preparing.first_evening import FirstEveningFile
    from rehearse.report.first_evening_view import ARGUMENTS, CAN_BE_TYPED, PLAYS

    store = settings.store()
    home = () if settings.home is None else ("--home", str(settings.home))
    while (step := evening_so_far(store).next_step) is not None:
        types = ", t types it instead of speaking" if step in CAN_BE_TYPED else ""
        forget_typed_ahead()
        answer = click.prompt(
            f"\nEnter starts it{types}, s leaves it out, q stops", default="",
            show_default=False, prompt_suffix=": ",
        ).strip().lower()  # fmt: skip
        if answer.startswith("q"):
            say(as_started("Go on at any time: rehearse first-evening"))
            return
        if answer.startswith("s"):
            FirstEveningFile(store.home).remember(step, skipped=True)
        else:
            quiet = quiet or (step in PLAYS and not _can_play())
            more = ["--no-sound"] if quiet and step in PLAYS else []
            if types and answer.startswith("t"):
                more.append("--typed")
            for arguments in ARGUMENTS[step]:
                _start(*home, *arguments, *more)
        say()
        say(_standing(settings))


def _can_play() -> bool:
    """Whether there is a loudspeaker; if not, a note says how it goes on."""
    import contextlib

    from rehearse import wiring
    from rehearse.errors import RehearseError

    try:
        with contextlib.closing(wiring.speaker_line()):
            return True
    except RehearseError as error:
        print_note(f"{error.problem} It goes on without sound, as with --no-sound.")
        return False


def _start(*arguments: str) -> None:
    """Run a command in a program of its own: it has its own errors, and Ctrl-C ends only it."""
    import contextlib
    import subprocess

    with subprocess.Popen([sys.executable, "-m", "rehearse", *arguments]) as command:
        while command.poll() is None:
            with contextlib.suppress(KeyboardInterrupt):
                command.wait()


def _hear(settings: Settings, name: str, *, speak: bool) -> None:
    """Play a sample call: words appear as they are spoken, each remark after its words."""
    import contextlib

    from rehearse import wiring
    from rehearse.rehearsing.sample_call import Unspoken, hear_sample, sample_call
    from rehearse.transcript import Speaker

    call = sample_call(name)
    if not speak:
        silent = dict.fromkeys(Speaker, Unspoken())
        _print_call(hear_sample(call, silent, wiring.load_tagger()), 0.0)
        return
    with wiring.sample_voices(settings.store().home) as voices:
        heard = hear_sample(call, voices, wiring.load_tagger())
    with contextlib.closing(wiring.speaker_line()) as line:
        line.play(heard.samples)
        _print_call(heard, 1.0)


def _print_call(heard: SampleHeard, speed: float) -> None:
    """Print the call: `speed` 0 prints all at once, 1 at the pace of the sound."""
    import time

    from rehearse.report.sample_call_view import sample_call_view

    view = sample_call_view(heard)
    say(f"{view.title}. {view.introduction}")
    began_s = time.monotonic()
    remarks = list(view.remarks)
    for turn in view.turns:
        say(f"\n{turn.who}: ", nl=False)
        for word in turn.words:
            if speed and word.start_s is not None:
                time.sleep(max(0.0, word.start_s / speed - (time.monotonic() - began_s)))
            say(f"{word.text} ", nl=False)
            while remarks and word.end_s is not None and remarks[0].at_s <= word.end_s + 0.001:
                remark = remarks.pop(0)
                say(f"\n    {'✓' if remark.good else '!'} {remark.text}\n  ", nl=False)
    say()
    for text in view.missing:
        say(f"    ✗ {text}")
    say(f"\n{view.score} of 100. {view.after}")
