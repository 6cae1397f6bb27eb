"""`rehearse correct`: misheard words, as you said them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from rehearse.cli.as_started import as_started
from rehearse.cli.asking import say_indented
from rehearse.cli.common import Settings, busy, print_rehearsal
from rehearse.cli.output import complain, say
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from rehearse.keeping.rehearsal_folder import RehearsalFolder
    from rehearse.transcript import Utterance

_NO_WORD = "(no word was recognised)"


@click.command()
@click.argument("rehearsal_id", required=False, metavar="[ID]")
@click.option("--undo", is_flag=True, help="Go back to what was recognised, in all turns.")
@click.pass_obj
def correct(settings: Settings, rehearsal_id: str | None, undo: bool) -> None:
    """Write a turn as you said it where words were misheard; the rehearsal is scored again. The
    newest, or the one with this ID. What was recognised is kept beside your words."""
    from rehearse import wiring
    from rehearse.engines.keyboard.typed_ahead import forget_typed_ahead, pasted_after
    from rehearse.keeping.corrections import LONGEST_TURN_CHARACTERS

    store = settings.store()
    folder = store.find(rehearsal_id)
    turns = _own_turns(folder)
    rescorer = wiring.load_rescorer(store)
    changed = False
    if undo:
        if folder.load().recognised is None:
            raise RehearseError(
                f"Nothing is corrected in {folder.id}.",
                f"To correct it: rehearse correct {folder.id}",
            )
        with busy("Scoring"):
            rescorer.undo_correction(folder)
        changed = True
    while not undo and (number := _asked_turn(turns)) is not None:
        index, turn = turns[number - 1]
        say_indented(turn.text or _NO_WORD)
        text = _answer("As you said it (Enter leaves it as it is)")
        text = f"{text}\n{pasted_after()}".strip()
        if not text or not re.search(r"\w", text):
            continue
        if len(text) > LONGEST_TURN_CHARACTERS:
            complain(f"That is longer than {LONGEST_TURN_CHARACTERS:,} characters. Say it shorter.")
            continue
        with busy("Scoring"):
            rescorer.correct(folder, index, text)
        turns, changed = _own_turns(folder), True
        forget_typed_ahead()
    if not changed:
        say("Nothing was changed.")
        return
    say()
    print_rehearsal(folder.load())
    if not undo:
        say(as_started(f"Back to what was recognised: rehearse correct {folder.id} --undo"))


def _own_turns(folder: RehearsalFolder) -> list[tuple[int, Utterance]]:
    """Your turns with their places in the transcript, those without a word as well. Raises
    RehearseError if there are none."""
    from rehearse.rehearsing.recover import with_wordless_turns
    from rehearse.transcript import Speaker

    kept = with_wordless_turns(folder.load(), folder.events())
    if kept.transcript is None:
        raise RehearseError(
            f"The rehearsal {folder.id} has no transcript to correct.",
            f"Score it first: rehearse score {folder.id}",
        )
    turns = list(enumerate(kept.transcript.utterances))
    own = [(index, turn) for index, turn in turns if turn.speaker is Speaker.CANDIDATE]
    if not own:
        raise RehearseError(
            f"You said nothing in {folder.id}: there is nothing to correct.",
            "Hold another call: rehearse call",
        )
    return own


def _asked_turn(turns: list[tuple[int, Utterance]]) -> int | None:
    """The number of a turn, from 1; None for none."""
    say("\nYour turns, as they stand:")
    for number, (_, turn) in enumerate(turns, start=1):
        say_indented(f"{number}. {turn.text or _NO_WORD}")
    while answer := _answer("Which one was misheard? Its number, or Enter if none (any more)"):
        if answer.lower() == "q":
            break
        if answer.isdecimal() and len(answer) < 5 and 1 <= int(answer) <= len(turns):
            return int(answer)
        complain(f"Type a number from 1 to {len(turns)}, or only Enter.")
    return None


def _answer(question: str) -> str:
    """What was typed; "" at the end of the input: what was corrected before stays."""
    try:
        return str(click.prompt(question, default="", show_default=False)).strip()
    except click.Abort:
        say()
        return ""
