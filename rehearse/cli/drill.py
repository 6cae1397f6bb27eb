"""`rehearse drill`: practise one part in rounds of 20 seconds."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehearse.cli.as_started import as_started
from rehearse.cli.common import LOUDSPEAKER, MICROPHONE, MODEL, Settings, print_note
from rehearse.cli.output import report_width, say

if TYPE_CHECKING:
    from rehearse.calling.line import Line
    from rehearse.rehearsing.drill import Part, Round

PARTS = ("opening", "way1", "ways", "question", "all")


@click.command()
@click.argument("part", type=click.Choice(PARTS))
@click.option("--candidate", multiple=True, type=click.Path(path_type=Path), metavar="FILE ...",
              help="Recordings that stand in for you, one a round.")  # fmt: skip
@click.argument("more_recordings", nargs=-1, type=click.Path(path_type=Path), metavar="")
@click.option("--typed", is_flag=True, help="Type instead of speaking; nothing is played.")
@click.option("--rounds", type=click.IntRange(1, 50), default=10, show_default=True,
              help="Rounds at most.")  # fmt: skip
@MODEL
@click.option("--no-sound", is_flag=True, help="Play nothing; the cue is only shown.")
@click.option("--patience", "patience_s", type=click.FloatRange(0.3, 20), default=2.0,
              show_default=True, metavar="SECONDS", help="Silence that ends a round.")  # fmt: skip
@MICROPHONE
@LOUDSPEAKER
@click.pass_obj
def drill(
    settings: Settings,
    part: str,
    candidate: tuple[Path, ...],
    more_recordings: tuple[Path, ...],
    typed: bool,
    rounds: int,
    model: str | None,
    no_sound: bool,
    patience_s: float,
    microphone: str | None,
    loudspeaker: str | None,
) -> None:
    """Rehearse one part by itself: the manager's cue, you speak, the result at once, again.

    A round lasts 20 seconds at most. Enter = I'm done talking, q or Ctrl-C = stop. Without a
    microphone you type. Nothing is kept.
    """
    from rehearse import wiring
    from rehearse.preparing.first_evening import FirstEveningFile, Step
    from rehearse.rehearsing.drill import Part

    recordings = [*candidate, *more_recordings]
    if more_recordings and not candidate:
        raise click.UsageError(
            f"Unexpected argument {more_recordings[0]}; recordings need --candidate."
        )
    if recordings and typed:
        raise click.UsageError("--typed is for people; leave out --candidate, or --typed.")
    line: Line | None = None
    if recordings:
        line = wiring.candidate_line(recordings)
        rounds = min(rounds, len(recordings))
    elif not typed:
        line = _microphone(microphone, loudspeaker, speaker=not no_sound)
    if line is None:
        held = _hold_typed(Part(part), rounds)
    else:
        held = _hold_aloud(
            settings, Part(part), line, rounds,
            model=model, speaks=not no_sound, silence_s=patience_s,
        )  # fmt: skip
    if held and part == Part.QUESTION:
        FirstEveningFile(settings.store().home).remember(Step.QUESTION)


def _microphone(microphone: str | None, loudspeaker: str | None, *, speaker: bool) -> Line | None:
    """The line; None if there is no microphone but somebody at the keyboard, who is told so."""
    from rehearse import wiring
    from rehearse.calling.line import NoLine

    try:
        return wiring.device_line(microphone, loudspeaker, speaker=speaker)
    except NoLine as error:
        asked_for_one = microphone is not None or loudspeaker is not None
        if asked_for_one or sys.stdin is None or not sys.stdin.isatty():
            raise
        print_note(f"{error.problem} So you type, as with --typed.")
        return None


def _hold_typed(part: Part, most: int) -> int:
    """Rounds in which the person types. Returns how many."""
    from rehearse import wiring
    from rehearse.rehearsing.drill import EXERCISES, typed_round

    say(f"{EXERCISES[part].task}\nType what you would say; Enter ends it, q = stop.\n")
    tagger = wiring.load_tagger()

    def one_round() -> Round | None:
        text = _typed_answer()
        return None if text is None else typed_round(part, text, tagger)

    return _hold(part, one_round, most, again="--typed")


def _typed_answer() -> str | None:
    """What the person types; None if they stop."""
    try:
        while not (text := input("You: ").strip()):
            pass
    except (EOFError, KeyboardInterrupt):
        say()
        return None
    return None if text.lower() in ("q", "/q") else text


def _hold_aloud(
    settings: Settings,
    part: Part,
    line: Line,
    most: int,
    *,
    model: str | None,
    speaks: bool,
    silence_s: float,
) -> int:
    """Rounds in which the person speaks. Returns how many."""
    from rehearse import wiring
    from rehearse.engines.keyboard.terminal_keys import TerminalKeys
    from rehearse.rehearsing.drill import EXERCISES, DrillEngines, hold_round, patience
    from rehearse.report.drill_text import HOW_LONG
    from rehearse.sound import silence

    home = settings.store().home
    voice = wiring.load_voice(home)
    with contextlib.closing(line), contextlib.closing(voice), TerminalKeys() as keys:
        engines = DrillEngines(
            line=line,
            controls=keys,
            detector=wiring.load_detector(),
            transcriber=wiring.call_transcriber(home, model),
            tagger=wiring.load_tagger(),
            speak=voice.speak if speaks else (lambda _: silence(0.0)),
        )
        say(f"{EXERCISES[part].task}\n{HOW_LONG} Enter = done, q = stop.\n")
        return _hold(part, lambda: hold_round(part, engines, patience(silence_s)), most)


def _hold(part: Part, one_round: Callable[[], Round | None], most: int, *, again: str = "") -> int:
    """Hold rounds of `part` until they are clean, at most `most`. Returns how many."""
    from rehearse.rehearsing.drill import CLEAN_ROUNDS, EXERCISES, clean_in_a_row
    from rehearse.report.drill_text import round_text, tally

    held: list[Round] = []
    while len(held) < most:
        say(f"Round {len(held) + 1}.  Manager: {EXERCISES[part].cue}")
        one = one_round()
        if one is None:
            break
        held.append(one)
        say(round_text(one, report_width()) + "\n")
        if clean_in_a_row(held) >= CLEAN_ROUNDS:
            say(as_started(f"{tally(held)}: {_command('call', again)}"))
            return len(held)
    so_far = f"{tally(held)} " if held else ""
    say(as_started(f"{so_far}Again: {_command('drill', part.value, again)}"))
    return len(held)


def _command(*words: str) -> str:
    return " ".join(word for word in ("rehearse", *words) if word)
