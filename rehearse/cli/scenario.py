"""`rehearse scenario`: list, show, write and check scenarios."""

from __future__ import annotations

from pathlib import Path

import click

from rehearse.cli.as_started import as_started
from rehearse.cli.output import say

FILE = click.Path(path_type=Path)


@click.group(invoke_without_command=True)
@click.pass_context
def scenario(context: click.Context) -> None:
    """The managers you can call: lists them; also show NAME, check FILE, new FILE."""
    if context.invoked_subcommand is None:
        context.invoke(list_scenarios)


@scenario.command("list")
def list_scenarios() -> None:
    """List the scenarios that come with the program."""
    from rehearse.calling.scenario import packaged_names, packaged_scenario

    for name in packaged_names():
        say(f"{name:<12}  {packaged_scenario(name).title}")
    say(as_started("\nCall one: rehearse call --scenario NAME, or random for a surprise."))
    say(as_started("Look at one: rehearse scenario show NAME"))
    say(as_started("Write your own: rehearse scenario new FILE"))


@scenario.command()
@click.argument("name")
@click.option("--toml", is_flag=True, help="Print the file itself.")
def show(name: str, toml: bool) -> None:
    """Show what a scenario, by NAME or FILE, is about and what the manager may say."""
    from rehearse.calling.scenario import find_scenario, packaged_names, packaged_text

    found = find_scenario(name)
    if toml:
        text = packaged_text(name) if name in packaged_names() else Path(name).read_text("utf-8")
        say(text.rstrip("\n"))
        return
    say(f"{found.name}: {found.title}\n")
    if found.about:
        say(f"{found.about.strip()}\n")
    for moment, phrasings in found.lines.items():
        say(f"{moment}")
        for phrasing in phrasings:
            say(f"  - {phrasing}")


@scenario.command()
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """Check a scenario of your own: every problem with its line."""
    from rehearse.calling.scenario import parse_scenario
    from rehearse.preparing.toml_file import read_bytes

    found = parse_scenario(read_bytes(file), str(file))
    phrasings = sum(map(len, found.lines.values()))
    say(f"{file} is right: {found.title}. {len(found.lines)} moments, {phrasings} lines.")
    if thin := [moment for moment, lines in found.lines.items() if len(lines) < 3]:
        say(f"Few phrasings, so heard again soon: {', '.join(thin)}.")
    say(as_started(f"Call it: rehearse call --scenario {file}"))


@scenario.command()
@click.argument("file", type=FILE)
@click.option("--like", default="friendly", show_default=True, metavar="NAME",
              help="Which scenario to start from.")  # fmt: skip
def new(file: Path, like: str) -> None:
    """Write a scenario to start from into FILE, to be edited; docs/scenarios.md explains it."""
    from rehearse.calling.scenario import packaged_text
    from rehearse.errors import RehearseError

    name = "".join(c if c.isalnum() or c in "-_" else "-" for c in file.stem) or "mine"
    text = packaged_text(like).replace(f'name = "{like}"', f'name = "{name}"', 1)
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError as error:
        raise RehearseError(f"{file} is there already.", "Name another file.") from error
    except OSError as error:
        raise RehearseError(
            f"{file} cannot be written: {error.strerror}.", "Name a file in another folder."
        ) from error
    say(as_started(f"Wrote {file}. Edit it, then: rehearse scenario check {file}"))
