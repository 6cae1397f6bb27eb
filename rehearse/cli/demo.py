"""`rehearse demo`: a whole call in which a recording speaks."""

from __future__ import annotations

import click

from rehearse.cli.as_started import as_started
from rehearse.cli.call import call
from rehearse.cli.common import NO_FLUENCY
from rehearse.cli.output import say


@click.command()
@click.option("--no-sound", is_flag=True, help="Play nothing: faster, all that is said is shown.")
@NO_FLUENCY
@click.pass_context
def demo(context: click.Context, no_fluency: bool, no_sound: bool) -> None:
    """Hold one whole call, without a microphone: a recording speaks for you.

    You hear both sides where there is a loudspeaker.
    """
    from rehearse import wiring
    from rehearse.rehearsing.demo_talk import DEMO_TALK

    heard = not no_sound and wiring.has_loudspeaker()
    if heard:
        say(as_started("You hear both sides. Without sound, and faster: rehearse demo --no-sound"))
    context.invoke(
        call, candidate=(DEMO_TALK,), no_sheet=True, no_sound=not heard, heard=heard,
        no_fluency=no_fluency,
    )  # fmt: skip
