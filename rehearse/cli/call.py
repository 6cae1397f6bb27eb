"""`rehearse call`: hold a rehearsal."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from rehearse.cli.common import (
    LOUDSPEAKER,
    MICROPHONE,
    MODEL,
    Settings,
    print_result,
    read_text,
)


@click.command()
@click.option("--candidate", "candidate", multiple=True, type=click.Path(path_type=Path),
              metavar="FILE ...", help="Recordings that stand in for you, one a turn.")  # fmt: skip
@click.argument("more_recordings", nargs=-1, type=click.Path(path_type=Path), metavar="")
@click.option("--sheet", type=click.Path(path_type=Path), metavar="FILE",
              help="Call sheet: whom you call and what you want to say.")  # fmt: skip
@MODEL
@click.option(
    "--no-sound", is_flag=True, help="Play nothing; the manager speaks into the recording."
)
@click.option("--patience", "patience_s", type=click.FloatRange(0.3, 60), default=2.5,
              show_default=True, metavar="SECONDS", help="Silence that ends your turn.")  # fmt: skip
@click.option("--seed", type=int, help="Repeat a call exactly.")
@MICROPHONE
@LOUDSPEAKER
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
    call_sheet = parse_call_sheet(read_text(sheet), str(sheet)) if sheet else CallSheet()
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
    print_result(rehearsal.transcript, rehearsal.scorecard)
    click.echo(f"Kept as {folder.id} in {folder.path}")
