"""`rehearse check`: the pre-flight."""

from __future__ import annotations

import sys

import click

from rehearse.cli.common import LOUDSPEAKER, MICROPHONE, MODEL, Settings
from rehearse.cli.output import say


@click.command()
@MICROPHONE
@LOUDSPEAKER
@MODEL
@click.pass_obj
def check(
    settings: Settings, microphone: str | None, loudspeaker: str | None, model: str | None
) -> None:
    """Check microphone, loudspeaker, voice and model before a call."""
    from rehearse import wiring
    from rehearse.rehearsing.preflight import findings

    ready = True
    home = settings.store().home
    parts = wiring.preflight_parts(home, microphone, loudspeaker, model)
    for finding in findings(home, parts):
        ready = ready and finding.ok
        say(f"{'ok     ' if finding.ok else 'PROBLEM'}  {finding.what}: {finding.said}")
        if finding.remedy:
            say(f"         {finding.remedy}")
    say("\nReady: rehearse call" if ready else "\nNot ready for a call with your own voice.")
    if not ready:
        sys.exit(1)
