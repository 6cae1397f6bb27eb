"""`rehearse prep`: think the call through and keep it as a call sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rehearse.cli.common import Settings
from rehearse.cli.output import say

if TYPE_CHECKING:
    from rehearse.preparing.call_sheet import CallSheet, Way
    from rehearse.preparing.saved_sheets import Sheets


@click.command()
@click.argument("name", required=False)
@click.option("--list", "list_them", is_flag=True, help="List the call sheets kept.")
@click.option("--hear", is_flag=True, help="Print and speak a model pitch from the sheet.")
@click.option("--no-sound", is_flag=True, help="With --hear: print it only.")
@click.pass_obj
def prep(settings: Settings, name: str | None, list_them: bool, hear: bool, no_sound: bool) -> None:
    """Think the call through: whom you call, three ways you would add to their success, and the
    question. Kept as a call sheet NAME, a text file you may edit; the last one is the default
    of 'rehearse call'.
    """
    from rehearse.preparing.saved_sheets import Sheets, name_for
    from rehearse.report import sheet_questions as words

    sheets = Sheets(settings.store().home)
    if list_them:
        _list(sheets)
        return
    if hear:
        _hear(settings, sheets, name, speak=not no_sound)
        return
    if name is not None:
        sheets.path(name)
    say(f"{words.INTRODUCTION} Enter keeps what is in [brackets], - clears it.\n")
    old = _old(sheets, name)
    company = _ask(words.COMPANY, old.company)
    if name is None:
        name = name_for(company)
        old = _old(sheets, name)
    sheet = _asked(company, old)
    path = sheets.save(name, sheet)
    say(f"\nKept as {name} in {path}. Practise it: rehearse call")
    if missing := words.still_to_think_of(sheet):
        say(f"{missing} Add them: rehearse prep {name}")


def _hear(settings: Settings, sheets: Sheets, name: str | None, *, speak: bool) -> None:
    """The user's own sheet in the structure of the advice, to hear once and say differently."""
    from rehearse.coaching.model_pitch import model_pitch, spoken
    from rehearse.errors import RehearseError

    wanted = name or next(iter(sheets.names()), None)
    if wanted is None:
        raise RehearseError("There is no call sheet to hear yet.", "Write one: rehearse prep")
    pitch = model_pitch(sheets.load(wanted))
    say("\n\n".join(pitch))
    say("\nHear it once, then say it in your own words: rehearse call")
    if not speak:
        return
    import contextlib

    from rehearse import wiring

    voice = wiring.load_voice(settings.store().home)
    line = wiring.speaker_line()
    with contextlib.closing(line), contextlib.closing(voice):
        for paragraph in pitch:
            line.play_to_the_end(voice.speak(spoken(paragraph)))


def _list(sheets: Sheets) -> None:
    from rehearse.errors import RehearseError
    from rehearse.report import sheet_questions as words

    names = sheets.names()
    for name in names:
        try:
            sheet = sheets.load(name)
            told = f"{words.whom(sheet) or '-'} ({len(sheet.ways)} of {words.WAYS_WANTED} ways)"
        except RehearseError:
            told = f"has problems: rehearse prep {name}"
        say(f"{'*' if name == names[0] else ' '} {name:<20}  {told}")
    say(
        "\n* is the default of 'rehearse call'; --sheet NAME takes another."
        if names
        else f"No call sheets are kept in {sheets.folder}. Write one: rehearse prep"
    )


def _old(sheets: Sheets, name: str | None) -> CallSheet:
    from rehearse.preparing.call_sheet import CallSheet

    return sheets.load(name) if name in sheets.names() and name else CallSheet()


def _asked(company: str, old: CallSheet) -> CallSheet:
    from rehearse.preparing.call_sheet import CallSheet
    from rehearse.report import sheet_questions as words

    return CallSheet(
        company=company,
        manager=_ask(words.MANAGER, old.manager),
        job=_ask(words.JOB, old.job),
        business=_ask(words.BUSINESS, old.business),
        ways=_ways(old.ways),
        question=_ask(words.QUESTION, words.question_to_offer(old)),
    )


def _ways(old: tuple[Way, ...]) -> tuple[Way, ...]:
    from rehearse.preparing.call_sheet import Way
    from rehearse.report import sheet_questions as words

    say(f"\n{words.WAYS}")
    ways = []
    for index, before in enumerate(words.ways_to_ask(old)):
        asked = words.ACTION[0].lower() + words.ACTION[1:]
        action = _ask(f"{words.ordinal(index)}: {asked}", before.action)
        if not action:
            continue
        ways.append(Way(action, _ask(f"  {words.TOUCHES}", before.touches)))
    say()
    return tuple(ways)


def _ask(question: str, old: str) -> str:
    from rehearse.preparing.saved_sheets import one_line

    answer = click.prompt(question, default=old, show_default=bool(old), prompt_suffix=" ")
    answer = one_line(str(answer))
    return "" if answer == "-" else answer
