"""`rehearse phone`: your own phone as the telephone."""

from __future__ import annotations

import click

from rehearse.cli.common import MODEL, Settings
from rehearse.cli.review import open_pages


@click.command()
@click.option("--no-browser", is_flag=True, help="Only print the address; it opens once.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N",
              help="Port of the page on this computer; default: a free one.")  # fmt: skip
@MODEL
@click.option("--voice", metavar="NAME", help="The manager's voice.")
@click.pass_obj
def phone(
    settings: Settings, no_browser: bool, port: int, model: str | None, voice: str | None
) -> None:
    """Use your own phone as the telephone: shows a code to scan with it.

    Phone and computer must be in the same Wi-Fi. The sound crosses it encrypted and goes
    nowhere else. Ctrl-C ends it.
    """
    from rehearse.web.site import Choices

    open_pages(settings, Choices(model, voice=voice, handset=True), port, no_browser)
