"""`rehearse check`: the pre-flight."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehearse.cli.as_started import as_started
from rehearse.cli.common import LOUDSPEAKER, MICROPHONE, MODEL, Settings, busy
from rehearse.cli.output import report_width, say
from rehearse.report.paragraph import paragraph

if TYPE_CHECKING:
    from rehearse.rehearsing.preflight import PreflightFinding


@click.command()
@MICROPHONE
@LOUDSPEAKER
@MODEL
@click.option(
    "--voice",
    is_flag=True,
    help="Read half a minute aloud and see which speech model understands you best.",
)
@click.option(
    "--recording",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --voice: a recording of you reading the text, in place of the microphone.",
)
@click.option("--yes", is_flag=True, help="With --voice: use the best model without asking.")
@click.option(
    "--report",
    is_flag=True,
    help="Print versions, number of devices and what worked, to send to the developers. "
    "It contains no names, words or paths.",
)
@click.pass_obj
def check(
    settings: Settings,
    microphone: str | None,
    loudspeaker: str | None,
    model: str | None,
    voice: bool,
    recording: Path | None,
    yes: bool,
    report: bool,
) -> None:
    """Check microphone, loudspeaker, voice and model before a call."""
    if voice or recording is not None:
        _check_voice(settings, microphone, model, recording, yes)
        return
    from rehearse import wiring
    from rehearse.rehearsing.preflight import MICROPHONE as MICROPHONE_CHECK
    from rehearse.rehearsing.preflight import findings

    ready = True
    home = settings.store().home
    parts = wiring.preflight_parts(home, microphone, loudspeaker, model)
    if report:
        _report(findings(home, parts))
        return
    for finding in findings(home, parts):
        ready = ready and finding.ok
        state = "ok     " if finding.ok else "PROBLEM"
        detail = f" ({finding.detail})" if finding.detail else ""
        say(f"{state}  {finding.what}: {finding.said}{detail}", hanging=9)
        if finding.remedy:
            say(f"         {finding.remedy}")
        if finding.what == MICROPHONE_CHECK and not finding.ok:
            say("         Another one: --microphone NAME")
    say(
        as_started("\nReady: rehearse call")
        if ready
        else "\nNot ready for a call with your own voice."
    )
    if not ready:
        sys.exit(1)


def _report(findings: Iterator[PreflightFinding]) -> None:
    import time

    from rehearse import wiring
    from rehearse.report.machine_report import Checked, machine_report

    checked = []
    since_s = time.monotonic()
    for finding in findings:
        now_s = time.monotonic()
        checked.append(Checked(finding.what, finding.ok, now_s - since_s))
        since_s = now_s
    say(machine_report(wiring.this_machine(), checked))


def _check_voice(
    settings: Settings, microphone: str | None, model: str | None, recording: Path | None, yes: bool
) -> None:
    from rehearse import wiring
    from rehearse.keeping.chosen_model import choose_model
    from rehearse.rehearsing.voice_check import READ_ALOUD, check_voice, record_reading
    from rehearse.report.voice_check_text import check_lines, chosen, question

    home = settings.store().home
    tools = wiring.sound_tools()
    if recording is not None:
        samples = tools.read(recording)
    else:
        say("Read this aloud, as you would speak on the telephone:\n")
        say(paragraph(READ_ALOUD, "  ", min(76, report_width())))
        say("\nI am listening. When you have finished, just be quiet for three seconds.")
        line = wiring.device_line(microphone, None, speaker=False)
        try:
            samples = record_reading(line, wiring.load_detector())
        finally:
            line.close()
    with busy("Comparing the models"):
        models = wiring.voice_check_models(home, model)
        found = check_voice(samples, models, tools.voice_probabilities(samples))
    for line_of_text in check_lines(found):
        say(paragraph(line_of_text, width=report_width()))
    on_terminal = sys.stdin is not None and sys.stdin.isatty()
    if yes or (on_terminal and click.confirm(question(found), default=True)):
        choose_model(home, chosen(found, date.today().isoformat()))
        say(f"From now on I use {found.best.name}. Check again whenever you like.")
    else:
        say("Nothing is changed. With --yes the best model is used from now on.")
