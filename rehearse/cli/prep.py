"""`rehearse prep`: think the call through and keep it as a call sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from rehearse.cli.common import Settings

if TYPE_CHECKING:
    from rehearse.call_sheet import CallSheet, Way
    from rehearse.sheets import Sheets

WAYS = 3
ORDINALS = ("First", "Second", "Third")


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
    from rehearse.sheets import Sheets

    sheets = Sheets(settings.store().home)
    if list_them:
        _list(sheets)
        return
    if hear:
        _hear(settings, sheets, name, speak=not no_sound)
        return
    if name is not None:
        sheets.path(name)
    click.echo("A few questions before the call. Enter keeps what is in [brackets], - clears it.\n")
    old = _old(sheets, name)
    company = _ask("Which company, or organisation?", old.company)
    if name is None:
        name = _name_of(company)
        old = _old(sheets, name)
    sheet = _asked(company, old)
    path = sheets.save(name, sheet)
    click.echo(f"\nKept as {name} in {path}. Practise it: rehearse call")
    if (missing := WAYS - len(sheet.ways)) > 0:
        click.echo(f"Still to think of: {missing} of {WAYS} ways. Add them: rehearse prep {name}")


def _hear(settings: Settings, sheets: Sheets, name: str | None, *, speak: bool) -> None:
    """The user's own sheet in the structure of the advice, to hear once and say differently."""
    from rehearse.coaching.model_pitch import model_pitch, spoken
    from rehearse.errors import RehearseError

    wanted = name or next(iter(sheets.names()), None)
    if wanted is None:
        raise RehearseError("There is no call sheet to hear yet.", "Write one: rehearse prep")
    pitch = model_pitch(sheets.load(wanted))
    click.echo("\n\n".join(pitch))
    click.echo("\nHear it once, then say it in your own words: rehearse call")
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

    names = sheets.names()
    for name in names:
        try:
            sheet = sheets.load(name)
            whom = ", ".join(filter(None, (sheet.manager, sheet.company, sheet.job))) or "-"
            told = f"{whom} ({len(sheet.ways)} of {WAYS} ways)"
        except RehearseError:
            told = f"has problems: rehearse prep {name}"
        click.echo(f"{'*' if name == names[0] else ' '} {name:<20}  {told}")
    click.echo(
        "\n* is the default of 'rehearse call'; --sheet NAME takes another."
        if names
        else f"No call sheets are kept in {sheets.folder}. Write one: rehearse prep"
    )


def _old(sheets: Sheets, name: str | None) -> CallSheet:
    from rehearse.call_sheet import CallSheet

    return sheets.load(name) if name in sheets.names() and name else CallSheet()


def _name_of(company: str) -> str:
    return re.sub(r"\W+", "-", company.lower()).strip("-_")[:40] or "sheet"


def _asked(company: str, old: CallSheet) -> CallSheet:
    from rehearse.call_sheet import CallSheet
    from rehearse.coaching.model_pitch import QUESTION

    return CallSheet(
        company=company,
        manager=_ask("The hiring manager's name?", old.manager),
        job=_ask("The job?", old.job),
        business=_ask(
            "What is their business about just now? Right now it's all about ...", old.business
        ),
        ways=_ways(old.ways),
        question=_ask("The critical question, in your own words?", old.question or QUESTION),
    )


def _ways(old: tuple[Way, ...]) -> tuple[Way, ...]:
    from rehearse.call_sheet import Way

    click.echo("\nThree ways you would add to this manager's or the company's success.")
    ways = []
    for index in range(max(WAYS, len(old))):
        before = old[index] if index < len(old) else Way("", "")
        ordinal = ORDINALS[index] if index < len(ORDINALS) else f"Number {index + 1}"
        action = _ask(f"{ordinal}: what would you do?", before.action)
        if not action:
            continue
        ways.append(Way(action, _ask("  What of their business does it touch?", before.touches)))
    click.echo()
    return tuple(ways)


def _ask(question: str, old: str) -> str:
    answer = click.prompt(question, default=old, show_default=bool(old), prompt_suffix=" ")
    answer = " ".join(str(answer).split())
    return "" if answer == "-" else answer
