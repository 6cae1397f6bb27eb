"""`rehearse about`: version, parts and licences."""

from __future__ import annotations

import click

from rehearse.cli.output import say


@click.command()
@click.option("--licences", is_flag=True, help="Print the full licence texts.")
def about(licences: bool) -> None:
    """Show the version, the parts of the program and their licences."""
    from rehearse import __version__, wiring

    parts = wiring.licensed_parts()
    say(f"rehearse {__version__}, MIT licence. Its parts:\n")
    for part in parts:
        version = f" {part.version}" if part.version else ""
        say(f"  {part.name}{version}: {part.licence}")
        if part.source:
            say(f"      source code: {part.source}")
    if not licences:
        say("\nThe licence texts: rehearse about --licences")
        return
    for part in parts:
        if text := part.text():
            say(f"\n{'=' * 80}\n{part.name}\n{'=' * 80}\n\n{text}")
