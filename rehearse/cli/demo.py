"""`rehearse demo`: a whole call in which a recording speaks."""

from __future__ import annotations

import click

from rehearse.cli.call import call
from rehearse.cli.common import NO_FLUENCY


@click.command()
@NO_FLUENCY
@click.pass_context
def demo(context: click.Context, no_fluency: bool) -> None:
    """Hold one whole call, without a microphone and without sound: a recording speaks for you."""
    from rehearse.rehearsing.demo_talk import DEMO_TALK

    context.invoke(
        call, candidate=(DEMO_TALK,), no_sheet=True, no_sound=True, no_fluency=no_fluency
    )
