"""`rehearse prep`: prepare the call and write a call sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehearse.cli.as_started import as_started
from rehearse.cli.common import Settings
from rehearse.cli.output import report_width, say

if TYPE_CHECKING:
    from rehearse.preparing.saved_sheets import Sheets


@click.command()
@click.argument("name", required=False)
@click.option("--ad", type=click.Path(path_type=Path), metavar="FILE",
              help="Start from a job ad or notes: a text, HTML or PDF file.")  # fmt: skip
@click.option("--list", "list_them", is_flag=True, help="List the call sheets kept.")
@click.option("--examples", metavar="WORDS",
              help="Worked examples with these words: a job, a trade; '' shows all.")  # fmt: skip
@click.option("--find-out-more", is_flag=True, help="Whom to ask and what to read.")
@click.option("--card", is_flag=True, help="Print the card for the day of the real call.")
@click.option("--after", is_flag=True, help="Note what became of the real call.")
@click.option("--hear", is_flag=True, help="Print and speak a model pitch from the sheet.")
@click.option("--no-sound", is_flag=True, help="With --hear: print it only.")
@click.pass_obj
def prep(
    settings: Settings,
    name: str | None,
    ad: Path | None,
    list_them: bool,
    examples: str | None,
    find_out_more: bool,
    card: bool,
    after: bool,
    hear: bool,
    no_sound: bool,
) -> None:
    """Think the call through: whom you call, three ways you would add to their success, and the
    question. Small questions help you to find the ways, and each is judged as in a call.

    Kept after every answer as a call sheet NAME, a text file that you may edit; the last one
    with a way is the default of 'rehearse call'.
    """
    from rehearse.preparing.saved_sheets import Sheets

    sheets = Sheets(settings.store().home)
    if list_them:
        _list(sheets)
    elif examples is not None:
        _examples(sheets, examples)
    elif find_out_more:
        _find_out_more()
    elif card:
        _card(settings, sheets, name)
    elif after:
        _after(sheets, name)
    elif hear:
        _hear(settings, sheets, name, speak=not no_sound)
    else:
        from rehearse.cli.prep_questions import PrepQuestions

        PrepQuestions(sheets, name, ad).ask()


def _card(settings: Settings, sheets: Sheets, name: str | None) -> None:
    from rehearse.errors import RehearseError
    from rehearse.report.call_card import call_card, card_text, lately_shown

    sheet = sheets.load(sheet_named(sheets, name))
    card = call_card(sheet, lately_shown(sheet, settings.store()))
    if card is None:
        raise RehearseError("This sheet has no way and no question yet.", "Go on: rehearse prep")
    say(card_text(card, report_width()))


def _after(sheets: Sheets, name: str | None) -> None:
    """Ask for three short answers and save them with the sheet."""
    import dataclasses
    from datetime import date

    from rehearse.preparing.call_sheet import RealCall
    from rehearse.preparing.saved_sheets import one_line
    from rehearse.report import sheet_questions as words

    name = sheet_named(sheets, name)
    sheet = sheets.load(name)
    for call in sheet.real_calls:
        say(words.real_call_line(call))
    reached, said, next_step = (
        one_line(click.prompt(question, default="", show_default=False, prompt_suffix=" "))
        for question in (words.REACHED, words.SAID, words.NEXT)
    )
    call = RealCall(date.today().isoformat(), reached, said, next_step)
    if call.is_empty:
        say("Nothing was noted.")
        return
    sheets.save(name, dataclasses.replace(sheet, real_calls=(*sheet.real_calls, call)))
    say(f"Kept with {name}.")


def _examples(sheets: Sheets, wanted: str) -> None:
    from rehearse.preparing.worked_examples import search, trades, worked_examples
    from rehearse.report.sheet_help import example_text

    found = search(wanted, worked_examples())
    if not found:
        say(f"No example has these words. The trades: {', '.join(trades())}.")
    for example in found:
        say(example_text(example) + "\n")


def _find_out_more() -> None:
    from rehearse.preparing.finding_out_more import finding_out_more

    for advice in finding_out_more():
        say(f"{advice.title}\n  {advice.text}\n")


def sheet_named(sheets: Sheets, name: str | None) -> str:
    """The name of a saved sheet: `name`, the default of calls or the last. Raises RehearseError."""
    from rehearse.errors import RehearseError

    wanted = name or sheets.default or next(iter(sheets.names()), None)
    if wanted is None:
        raise RehearseError("There is no call sheet yet.", "Write one: rehearse prep")
    return wanted


def _hear(settings: Settings, sheets: Sheets, name: str | None, *, speak: bool) -> None:
    """Play the user's sheet as a pitch, to hear it once and then say it in other words."""
    from rehearse.coaching.model_pitch import model_pitch
    from rehearse.report import sheet_questions as words

    sheet = sheets.load(sheet_named(sheets, name))
    pitch = model_pitch(sheet)
    say("\n\n".join(pitch))
    missing = words.WAYS_WANTED - len(sheet.ways)
    if missing > 0:
        say(f"\nOnly what is on the sheet is said. Ways still to find: {missing}.")
    say(as_started("\nHear it once, then say it in your own words: rehearse call"))
    if not speak:
        return
    import contextlib

    from rehearse import wiring

    voice = wiring.load_voice(settings.store().home)
    line = wiring.speaker_line()
    with contextlib.closing(line), contextlib.closing(voice):
        for paragraph in pitch:
            line.play_to_the_end(voice.speak(paragraph))


def _list(sheets: Sheets) -> None:
    from rehearse.errors import RehearseError
    from rehearse.report import sheet_questions as words

    names = sheets.names()
    for name in names:
        try:
            sheet = sheets.load(name)
            about = f"{words.whom(sheet) or '-'} ({len(sheet.ways)} of {words.WAYS_WANTED} ways)"
        except RehearseError:
            about = as_started(f"has problems: rehearse prep {name}")
        say(f"{'*' if name == sheets.default else ' '} {name:<20}  {about}")
    default = (
        "\n* is the default of 'rehearse call'; --sheet NAME takes another."
        if sheets.default
        else "\nA sheet with a way is the default of 'rehearse call'; --sheet NAME takes any."
    )
    none = f"No call sheets are kept in {sheets.folder}. Write one: rehearse prep"
    say(as_started(default if names else none))
