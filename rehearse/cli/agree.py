"""`rehearse agree`: do rehearse and a coach agree?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rehearse.cli.common import Settings
from rehearse.cli.output import say
from rehearse.errors import RehearseError


@click.command()
@click.argument("where", required=False, metavar="[FOLDER|LABELS.csv]",
                type=click.Path(path_type=Path))  # fmt: skip
@click.option("--between", nargs=2, metavar="WHO WHO",
              help="Two people to compare; else rehearse with each person.")  # fmt: skip
@click.option("--export", type=click.Path(path_type=Path), metavar="FILE",
              help="Write words and labels, without sound or names, to share them.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Export without the question.")
@click.pass_obj
def agree(
    settings: Settings,
    where: Path | None,
    between: tuple[str, str] | None,
    export: Path | None,
    yes: bool,
) -> None:
    """Compare rehearse's answers with people's: what they judged in your rehearsals, or a table.

    FOLDER is a home with judged rehearsals, or a class's results with a filled-in labels.csv.
    """
    import json

    from rehearse.keeping.store import Store
    from rehearse.rehearsing.labelled import LABELS, talks_of_store, talks_of_table
    from rehearse.report.agreement_text import TOOL, agreement_text, judges
    from rehearse.report.labels_json import labels_line

    if where is not None and not where.exists():
        raise RehearseError(
            f"There is no {where}.",
            "Name a folder with a class's results, its labels.csv, or a home with rehearsals.",
        )
    if where is None:
        talks = list(talks_of_store(settings.store()))
    elif where.is_dir() and (where / LABELS).exists():
        talks = list(talks_of_table(where / LABELS))
    elif where.is_dir():
        talks = list(talks_of_store(Store(where)))
    else:
        talks = list(talks_of_table(where))
    people = judges(talks)
    if not people:
        raise RehearseError(
            "Nobody has judged anything there yet.",
            "Judge answers on a rehearsal's page or with 'rehearse judge', or fill in the "
            "labels.csv of a class.",
        )
    if export is not None:
        lines = [json.dumps(labels_line(talk), ensure_ascii=False) for talk in talks]
        say(f"{export} will hold {len(lines)} talks. The first one:\n\n{lines[0]}\n")
        say(
            "No sound, no file names and no names of judges. Names that people said in passing can "
            "remain in the words: read the file before you share it."
        )
        if not (yes or _confirmed("Write it?")):
            say("Nothing was written.")
            sys.exit(1)
        try:
            export.write_text("\n".join(lines) + "\n", encoding="utf-8")
        except OSError as error:
            raise RehearseError(
                f"{export} cannot be written: {error.strerror}.",
                "Name a file in a folder that exists and that you may write to.",
            ) from error
        say(f"Written: {export}")
        return
    known = {who.casefold(): who for who in (*people, TOOL)}
    unknown = [who for who in between or () if who.casefold() not in known]
    if unknown:
        raise RehearseError(
            f"{unknown[0]!r} judged nothing there.", f"These did: {', '.join(people)}."
        )
    compared = (
        [(known[between[0].casefold()], known[between[1].casefold()])]
        if between
        else [(TOOL, who) for who in people]
    )
    if between is None and len(people) == 2:
        compared.append((people[0], people[1]))
    say("\n\n".join(agreement_text(talks, first, second) for first, second in compared))
    if where is None or not where.suffix:
        say(
            "\nOnly answers that were judged count, and people judge most where something looks"
            "\nwrong: for figures that hold for all, judge every answer of talks picked blindly."
        )


def _confirmed(question: str) -> bool:
    """Ctrl-C, or no answer at all, is a no."""
    try:
        return click.confirm(question)
    except click.Abort:
        click.echo()
        return False
