"""`rehearse shortcut`: an icon that opens the pages."""

from __future__ import annotations

import click

from rehearse.cli.common import Settings
from rehearse.cli.output import say


@click.command()
@click.pass_obj
def shortcut(settings: Settings) -> None:
    """Put an icon on the desktop and in the menu that opens rehearse without a terminal.

    "Quit rehearse", at the foot of every page, ends it.
    """
    from rehearse import wiring
    from rehearse.web.site import STATIC

    for path in wiring.write_shortcut(settings.home, STATIC / "icon.svg"):
        say(f"Wrote {path}")
    say("Open it from the menu or with a double click; the pages appear in your browser.")
