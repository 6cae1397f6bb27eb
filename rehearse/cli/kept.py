"""`rehearse list` and `rehearse show`: the rehearsals kept."""

from __future__ import annotations

import click

from rehearse.cli.as_started import as_started
from rehearse.cli.common import JSON, NO_FLUENCY, Settings, print_rehearsal
from rehearse.cli.output import report_width, say, say_json
from rehearse.errors import RehearseError


@click.command("list")
@click.pass_obj
def list_rehearsals(settings: Settings) -> None:
    """List the rehearsals kept, newest first."""
    from rehearse.report.text import rehearsal_line

    store = settings.store()
    width = report_width()
    lines = [rehearsal_line(summary, width) for summary in store.summaries()]
    none = f"No rehearsals are kept in {store.home}. Hold one: rehearse call"
    say(as_started("\n".join(lines) or none))


@click.command()
@click.argument("rehearsal_id", required=False, metavar="[ID]")
@JSON
@click.option("--why", is_flag=True, help="Print by which rule the manager said each line.")
@NO_FLUENCY
@click.pass_obj
def show(
    settings: Settings, rehearsal_id: str | None, as_json: bool, why: bool, no_fluency: bool
) -> None:
    """Show a rehearsal again: the newest, or the one with this ID."""
    from rehearse.rehearsing.assess import earlier_than, without_fluency
    from rehearse.report.listen_again_text import listened_again
    from rehearse.report.paragraph import paragraph
    from rehearse.report.result_json import rehearsal_result
    from rehearse.report.why_text import why_text
    from rehearse.report.wording import ONLY_RANG, day_and_time

    store = settings.store()
    folder = store.find(rehearsal_id)
    if why:
        say(why_text(folder.events()))
        return
    rehearsal = folder.load()
    if rehearsal.only_rang:
        raise RehearseError(
            f"In {folder.id} you {ONLY_RANG}: there is nothing to show.",
            "Hold another: rehearse call",
        )
    if rehearsal.transcript is None or rehearsal.scorecard is None:
        raise RehearseError(
            f"The rehearsal {folder.id} was broken off before it was scored.",
            f"Its sound is kept: rehearse score {folder.id}",
        )
    if no_fluency:
        rehearsal = without_fluency(rehearsal, earlier_than(store, folder.id))
    if as_json:
        say_json(rehearsal_result(rehearsal, folder.recording))
        return
    say(f"{folder.id}   {day_and_time(rehearsal.started_at)}\n")
    for line in listened_again(rehearsal):
        say(paragraph(line, width=report_width()))
    if rehearsal.other_listen is not None:
        say()
    print_rehearsal(rehearsal)
