"""`rehearse call`: hold a rehearsal."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rehearse.calling.scenario import DEFAULT_SCENARIO, RANDOM
from rehearse.cli.as_started import as_started
from rehearse.cli.common import (
    LOUDSPEAKER,
    MICROPHONE,
    MODEL,
    NO_FLUENCY,
    Settings,
    print_appraisal,
    print_scored,
)
from rehearse.cli.output import OutputFailed, report_width, say, told_if_reader_left

if TYPE_CHECKING:
    from rehearse.calling.events import EventListener
    from rehearse.keeping.rehearsal import Rehearsal
    from rehearse.keeping.rehearsal_folder import RehearsalFolder
    from rehearse.keeping.store import Store
    from rehearse.preparing.call_sheet import CallSheet
    from rehearse.rehearsing.call_setup import CallSetup, Speaking


@dataclass(frozen=True)
class CallOptions:
    """The command line, by the names of its options."""

    candidate: tuple[Path, ...]
    more_recordings: tuple[Path, ...]
    wanted_scenario: str
    wanted_sheet: str | None
    no_sheet: bool
    model: str | None
    wanted_voice: str | None
    studio: bool
    no_sound: bool
    no_captions: bool
    typed: bool
    hold_to_talk: bool
    patience_s: float
    headphones: bool
    live_checklist: bool
    no_card: bool
    seed: int | None
    no_fluency: bool
    microphone: str | None
    loudspeaker: str | None
    manager_by: str = "script"
    manager_address: str | None = None
    manager_model: str | None = None
    heard: bool = False
    """Whether the recordings are played too: no option of its own, but what the demo does."""

    @property
    def recordings(self) -> tuple[Path, ...]:
        return (*self.candidate, *self.more_recordings)

    @property
    def speaking(self) -> Speaking:
        from rehearse.rehearsing.call_setup import Speaking

        if self.typed:
            return Speaking.TYPED
        return Speaking.HOLD if self.hold_to_talk else Speaking.VOICE

    def check(self) -> None:
        """Raises click.UsageError for options that contradict each other."""
        if self.more_recordings and not self.candidate:
            raise click.UsageError(
                f"Unexpected argument {self.more_recordings[0]}; recordings need --candidate."
            )
        if self.recordings and (self.typed or self.hold_to_talk):
            option = "--typed" if self.typed else "--hold-to-talk"
            raise click.UsageError(f"{option} is for people; leave out --candidate, or {option}.")
        if self.manager_by == "script" and (self.manager_address or self.manager_model):
            raise click.UsageError("--manager-address and --manager-model need --manager local.")


@click.command()
@click.option("--candidate", "candidate", multiple=True, type=click.Path(path_type=Path),
              metavar="FILE ...", help="Recordings that stand in for you, one a turn.")  # fmt: skip
@click.argument("more_recordings", nargs=-1, type=click.Path(path_type=Path), metavar="")
@click.option("--scenario", "wanted_scenario", default=DEFAULT_SCENARIO, show_default=True,
              metavar="NAME|FILE", help="Whom you get on the phone, or random.")  # fmt: skip
@click.option("--sheet", "wanted_sheet", metavar="NAME|FILE",
              help="Call sheet: whom you call and what you want to say. [default: the last one "
                   "of 'rehearse prep' with a way]")  # fmt: skip
@click.option("--no-sheet", is_flag=True, help="Call without a call sheet.")
@MODEL
@click.option("--voice", "wanted_voice", metavar="NAME",
              help="The manager's voice: pyttsx3, piper, or one of 'rehearse voices'.")  # fmt: skip
@click.option("--studio", is_flag=True, help="The manager without the sound of a telephone.")
@click.option(
    "--no-sound", is_flag=True, help="Play nothing; the manager speaks into the recording."
)
@click.option("--no-captions", is_flag=True,
              help="Don't print what the manager says: train your ear.")  # fmt: skip
@click.option("--typed", is_flag=True, help="Type instead of speaking; the manager still speaks.")
@click.option("--hold-to-talk", is_flag=True,
              help="Nothing ends your turn but Enter: no silence, no time limit.")  # fmt: skip
@click.option("--patience", "patience_s", type=click.FloatRange(0.3, 60), default=2.5,
              show_default=True, metavar="SECONDS",
              help="Silence that ends your turn.")  # fmt: skip
@click.option("--headphones", is_flag=True,
              help="You wear headphones: speak over the manager, and they stop.")  # fmt: skip
@click.option("--live-checklist", is_flag=True,
              help="Show while you speak what was heard of your pitch.")  # fmt: skip
@click.option("--no-card", is_flag=True, help="Don't print the call sheet above the call.")
@click.option("--seed", type=int, help="Repeat a call exactly.")
@click.option("--manager", "manager_by", type=click.Choice(["script", "local"]), default="script",
              show_default=True, help="Who finds the manager's words: the script, or a language "
              "model that runs on this computer (the extra 'local').")  # fmt: skip
@click.option("--manager-address", metavar="URL", help="Where that model is. [default: Ollama, "
              "LM Studio or llama.cpp on this computer]")  # fmt: skip
@click.option("--manager-model", metavar="NAME", help="Which of its models. [default: the first]")
@NO_FLUENCY
@MICROPHONE
@LOUDSPEAKER
@click.pass_obj
@told_if_reader_left()
def call(settings: Settings, /, **given: Any) -> None:
    """Hold a rehearsal: the phone rings, the manager picks up, you make your pitch.

    During the call: Enter = I'm done talking, q or Ctrl-C = hang up (/q where you type). Either
    way what you said is kept and scored.
    """
    import sys
    from datetime import datetime

    from rehearse import wiring
    from rehearse.cli.call_screen import CallScreen, Recordings
    from rehearse.cli.local_manager import local_manager
    from rehearse.engines.keyboard.terminal_keys import TerminalKeys
    from rehearse.engines.keyboard.typed_turns import TypedTurns
    from rehearse.rehearsing.call_setup import (
        CallSetup,
        new_seed,
        scenario_wanted,
    )
    from rehearse.rehearsing.hold import NotAllKept, hold
    from rehearse.report.paragraph import paragraph
    from rehearse.report.wording import ONLY_RANG

    options = CallOptions(**given)
    options.check()
    store = settings.store()
    seed = options.seed if options.seed is not None else new_seed()
    sheet, sheet_name = _sheet(store.home, options.wanted_sheet, options.no_sheet)
    setup = CallSetup(
        scenario=scenario_wanted(options.wanted_scenario, seed),
        sheet=sheet,
        seed=seed,
        remembers=options.seed is None,
        speaking=options.speaking,
        silence_s=options.patience_s,
        headphones=options.headphones,
        fluency=not options.no_fluency,
        model=options.model,
        voice=options.wanted_voice,
        microphone=options.microphone,
        loudspeaker=options.loudspeaker,
        sound=not options.no_sound,
        studio=options.studio,
        recordings=options.recordings,
        heard=options.heard,
    )
    typed = options.typed
    typed_turns = TypedTurns() if typed else None
    keys = typed_turns or TerminalKeys()
    on_terminal = sys.stdin is not None and sys.stdin.isatty()
    paced = on_terminal or not options.no_sound
    with contextlib.ExitStack() as stack:
        local = phraser = sent_to = None
        if options.manager_by == "local":
            where, which = options.manager_address, options.manager_model
            local = stack.enter_context(local_manager(where, which, setup, store.home))
            phraser, sent_to = local.phraser, local.sent_to
        line, engines = stack.enter_context(
            wiring.opened_call(setup, store.home, typed_turns, paced=paced, phraser=phraser)
        )
        heard_by = "" if typed else f" Model: {wiring.model_name(store.home, options.model)}."
        say(f"Line: {line.name}. Voice: {engines.voice.name}.{heard_by}")
        _introduce(setup, options.wanted_scenario, sheet_name, card=not options.no_card)
        screen = CallScreen(
            captions=not options.no_captions,
            checklist=options.live_checklist,
            recordings=line if isinstance(line, Recordings) else None,
            typed=typed,
            sent_to=sent_to,
        )
        listeners: list[EventListener] = [screen] if local is None else [screen, local]
        with keys:
            try:
                folder, rehearsal = hold(
                    setup.plan, line, keys, engines, store, datetime.now(), listeners,
                    scored=_print_scored,
                )  # fmt: skip
            except NotAllKept as problem:
                print_appraisal(problem.rehearsal)
                raise
    if rehearsal.only_rang:
        say(f"You {ONLY_RANG}: there is nothing to score.")
    print_appraisal(rehearsal)
    if local is not None:
        say(paragraph(local.summary(), width=report_width()))
    say(f"Kept as {folder.id} in {folder.path}")
    _listen_again(store, folder, rehearsal)


def _listen_again(store: Store, folder: RehearsalFolder, rehearsal: Rehearsal) -> None:
    """Transcribe doubtful words again with a larger model. Ctrl-C keeps the first result."""
    from rehearse import wiring
    from rehearse.rehearsing.listen_again import listen_again, worth_listening_again
    from rehearse.report.listen_again_text import listened_again
    from rehearse.report.paragraph import paragraph

    larger = wiring.larger_model(store.home, rehearsal.versions.transcriber)
    if larger is None or not worth_listening_again(rehearsal):
        return
    say(f"\nListening again more carefully, with {larger} (Ctrl-C stops it) ...")
    try:
        again = listen_again(
            folder,
            lambda: wiring.load_transcriber(store.home, larger),
            wiring.load_rescorer(store, larger),
        )
    except KeyboardInterrupt:
        say("Stopped. The first result stays.")
        return
    for line in listened_again(again):
        say(paragraph(line, width=report_width()))
    if again.transcript != rehearsal.transcript:
        say()
        print_scored(again)
        print_appraisal(again)


def _print_scored(rehearsal: Rehearsal) -> None:
    """Print the verdicts at once, while delivery is still being measured.

    If printing fails, the call is still saved; printing the rest reports the failure.
    """
    with contextlib.suppress(OutputFailed):
        say()
        print_scored(rehearsal)


def _sheet(home: Path, wanted: str | None, no_sheet: bool) -> tuple[CallSheet, str | None]:
    from rehearse.preparing.call_sheet import CallSheet
    from rehearse.preparing.saved_sheets import Sheets
    from rehearse.report.sheet_questions import passed_over

    sheets = Sheets(home)
    if no_sheet:
        if wanted:
            raise click.UsageError("--sheet and --no-sheet contradict each other.")
        return CallSheet(), None
    if wanted is None:
        wanted = sheets.default
        last = next(iter(sheets.names()), None)
        if last is not None and last != wanted:
            say(as_started(passed_over(last)))
    return (sheets.load(wanted), wanted) if wanted else (CallSheet(), None)


def _introduce(setup: CallSetup, wanted: str, sheet_name: str | None, *, card: bool) -> None:
    from rehearse.calling.manager import STAND_IN_NAME
    from rehearse.rehearsing.call_setup import Speaking
    from rehearse.report.call_card import call_card, card_text

    if sheet_name is not None:
        say(f"Call sheet: {sheet_name}.")
    if wanted not in (RANDOM, DEFAULT_SCENARIO):
        say(f"Scenario: {setup.scenario.title}.")
    on_desk = call_card(setup.sheet) if card and not setup.recordings else None
    if on_desk is not None:
        say(card_text(on_desk, report_width()))
    typed = setup.speaking is Speaking.TYPED
    keys = "Type what you say; Enter ends it, /q" if typed else "Enter = I'm done talking, q"
    say(f"You are calling {setup.sheet.manager or STAND_IN_NAME}. {keys} = hang up.\n")
