"""`rehearse review`: the pages, in the person's own browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rehearse.cli.common import LOUDSPEAKER, MICROPHONE, MODEL, Settings
from rehearse.cli.output import say

if TYPE_CHECKING:
    from rehearse.web.site import Choices


@click.command()
@click.option("--no-browser", is_flag=True, help="Only print the address; it opens once.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N",
              help="Which port to use; default: a free one.")  # fmt: skip
@click.option(
    "--sound-card",
    is_flag=True,
    help="Calls use this computer's sound card instead of the browser's microphone.",
)
@MODEL
@MICROPHONE
@LOUDSPEAKER
@click.option("--voice", metavar="NAME", help="The manager's voice.")
@click.pass_obj
def review(
    settings: Settings,
    no_browser: bool,
    port: int,
    sound_card: bool,
    model: str | None,
    microphone: str | None,
    loudspeaker: str | None,
    voice: str | None,
) -> None:
    """Open your rehearsals in the browser: look back, listen, and hold the next call.

    Only this computer and this browser get in. Ctrl-C, or closing the terminal, ends it.
    """
    from rehearse.web.site import Choices

    choices = Choices(model, microphone, loudspeaker, voice, sound_card)
    open_pages(settings, choices, port, no_browser)


def open_pages(settings: Settings, choices: Choices, port: int, no_browser: bool) -> None:
    """Serve the pages until the program ends, and open them."""
    import dataclasses
    import threading
    import webbrowser

    from rehearse.cli.as_started import as_started_anywhere
    from rehearse.web.server import serve

    choices = dataclasses.replace(choices, command=as_started_anywhere("rehearse review"))

    def ready(address: str, ours: bool) -> None:
        if no_browser:
            say(f"Open this address in your browser (it works once):\n{address}")
        else:
            say("Your rehearsals open in the browser. If they do not, open this address there "
                f"(it works once):\n{address}")  # fmt: skip
        if ours:
            say("Keep this window open; Ctrl-C ends it.")
        if not no_browser:
            # In the background: a browser in the terminal returns only when the person closes it.
            browser = threading.Thread(target=webbrowser.open, args=(address,), daemon=True)
            browser.start()
            if not ours:
                browser.join()

    serve(settings.store(), choices, port, ready)
