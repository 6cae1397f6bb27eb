"""`rehearse drill`: practise one part in rounds of 20 seconds."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehearse.cli.as_started import as_started
from rehearse.cli.common import LOUDSPEAKER, MICROPHONE, MODEL, Settings
from rehearse.cli.output import report_width, say

if TYPE_CHECKING:
    from rehearse.calling.turn_taking import Patience
    from rehearse.rehearsing.drill import DrillEngines, Part, Round

PARTS = ("opening", "way1", "ways", "question", "all")


@click.command()
@click.argument("part", type=click.Choice(PARTS))
@click.option("--candidate", multiple=True, type=click.Path(path_type=Path), metavar="FILE ...",
              help="Recordings that stand in for you, one a round.")  # fmt: skip
@click.argument("more_recordings", nargs=-1, type=click.Path(path_type=Path), metavar="")
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
    rounds: int,
    model: str | None,
    no_sound: bool,
    patience_s: float,
    microphone: str | None,
    loudspeaker: str | None,
) -> None:
    """Rehearse one part by itself: the manager's cue, you speak, the result at once, again.

    A round lasts 20 seconds at most. Enter = I'm done talking, q or Ctrl-C = stop. Nothing is
    kept.
    """
    from rehearse import wiring
    from rehearse.engines.keyboard.terminal_keys import TerminalKeys
    from rehearse.preparing.first_evening import FirstEveningFile, Step
    from rehearse.rehearsing.drill import DrillEngines, Part, patience
    from rehearse.sound import silence

    recordings = [*candidate, *more_recordings]
    if more_recordings and not candidate:
        raise click.UsageError(
            f"Unexpected argument {more_recordings[0]}; recordings need --candidate."
        )
    store = settings.store()
    if recordings:
        line = wiring.candidate_line(recordings)
        rounds = min(rounds, len(recordings))
    else:
        line = wiring.device_line(microphone, loudspeaker, speaker=not no_sound)
    voice = wiring.load_voice(store.home)
    with contextlib.closing(line), contextlib.closing(voice), TerminalKeys() as keys:
        engines = DrillEngines(
            line=line,
            controls=keys,
            detector=wiring.load_detector(),
            transcriber=wiring.call_transcriber(store.home, model),
            tagger=wiring.load_tagger(),
            speak=(lambda _: silence(0.0)) if no_sound else voice.speak,
        )
        held = _hold(Part(part), engines, patience(patience_s), rounds)
    if held and part == Part.QUESTION:
        FirstEveningFile(store.home).remember(Step.QUESTION)


def _hold(part: Part, engines: DrillEngines, patience: Patience, most: int) -> int:
    """Hold rounds of `part` until they are clean, at most `most`. Returns how many."""
    from rehearse.rehearsing.drill import CLEAN_ROUNDS, EXERCISES, clean_in_a_row, hold_round
    from rehearse.report.drill_text import HOW_LONG, round_text, tally

    exercise = EXERCISES[part]
    say(f"{exercise.task}\n{HOW_LONG} Enter = done, q = stop.\n")
    held: list[Round] = []
    while len(held) < most:
        say(f"Round {len(held) + 1}.  Manager: {exercise.cue}")
        one = hold_round(part, engines, patience)
        if one is None:
            break
        held.append(one)
        say(round_text(one, report_width()) + "\n")
        if clean_in_a_row(held) >= CLEAN_ROUNDS:
            say(as_started(f"{tally(held)}: rehearse call"))
            return len(held)
    say(as_started(f"{tally(held)} Again: rehearse drill {part.value}"))
    return len(held)
