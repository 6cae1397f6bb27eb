"""`rehearse class`: scores a folder of recordings.

On all cores, or on a cluster.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

import click

from rehearse.cli.common import MODEL, NO_FLUENCY, Settings
from rehearse.cli.output import say
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from rehearse.keeping.class_results import ClassResults
    from rehearse.rehearsing.class_plan import Plan
    from rehearse.rehearsing.class_run import ClassRun
    from rehearse.rehearsing.class_scoring import Outcome, Runner
    from rehearse.wiring import ClassScorer


class Advance(Protocol):
    """Advances a progress bar by `count` recordings with `sound_s` seconds of speech."""

    def __call__(self, count: int, sound_s: float = 0.0) -> None: ...


GB_PER_WORKER = 0.8
"""Measured by `python -m benchmarks.many`, rounded up."""


MOST_KINDS = 6
"""Of left-out files, named by their endings."""
_LEFT_OUT = {".txt": ".txt beside a recording of the same name"}


@click.command("class")
@click.argument("where", metavar="FOLDER|CSV", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), metavar="FOLDER",
              help="Where results go; else beside FOLDER, as FOLDER-results.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1), metavar="N",
              help="How many to score at once; else one for each core.")  # fmt: skip
@click.option("--dask", metavar="ADDRESS",
              help="Score on this Dask cluster: the recordings travel to it.")  # fmt: skip
@click.option("--anonymous", is_flag=True, help="Replace people's names everywhere.")
@click.option("--rank", is_flag=True, help="Show the highest score first on the class page.")
@click.option("--parquet", is_flag=True, help="Also write results.parquet; needs pyarrow.")
@click.option("--open", "open_page", is_flag=True, help="Open the class page in the browser.")
@MODEL
@NO_FLUENCY
@click.pass_obj
def class_(
    settings: Settings,
    where: Path,
    to: Path | None,
    jobs: int | None,
    dask: str | None,
    anonymous: bool,
    rank: bool,
    parquet: bool,
    open_page: bool,
    model: str | None,
    no_fluency: bool,
) -> None:
    """Score a class: every recording in a folder, or those that a CSV lists (person,file,sheet).

    Run it again whenever something is new or changed: only that is scored. Ctrl-C loses nothing.
    """
    import webbrowser

    from rehearse import wiring
    from rehearse.cli.class_output import PAGE, make_folder, write_class
    from rehearse.keeping.class_results import ClassResults
    from rehearse.rehearsing import class_run
    from rehearse.web.class_page import ClassPages

    store = settings.store()
    where = where.absolute() if where.name not in ("", "..") else where.resolve()
    title = where.stem if where.is_file() else where.name
    if to is None and not title:
        raise RehearseError(
            f"There is no place for the results beside {where}.", "Name a folder for them: --to"
        )
    to = (to or where.with_name(f"{title}-results")).absolute()
    plan = _plan(where, to, store.home)
    click.echo(_found(plan), err=True)
    results = ClassResults(store.home)
    scorer = wiring.ClassScorer(
        store.home.absolute(), wiring.model_name(store.home, model), not no_fluency
    )
    with _resumable(), _runner(scorer, jobs, dask, len(plan.entries)) as runner:
        identity = runner.identity()
        make_folder(to)
        with _progress("Reading", len(plan.entries)) as advance:
            keyed = class_run.keyed(plan.entries, identity, lambda: advance(1))
        run = class_run.ClassRun(keyed, identity)
        stopped = False
        try:
            _score(run, runner, results)
        except KeyboardInterrupt:
            stopped = True
    pages = ClassPages(store.home)
    with _resumable(), _progress("Writing", len(keyed)) as advance:
        written = write_class(
            run, results, to, pages, title=title, anonymous=anonymous,
            ranked=rank, parquet=parquet, on_written=lambda: advance(1),
        )  # fmt: skip
    failed = sum(bool(one.row.error) for one in written)
    for one in written:
        if trouble := one.row.error or one.row.note:
            name = _one_line(one.own_file) + (f" ({one.row.file})" if anonymous else "")
            click.echo(f"rehearse: {name}: {trouble}", err=True)
    waiting = len(keyed) - len(written)
    say(
        f"{len(written) - failed} scored"
        + (f", {failed} with an error" if failed else "")
        + (f", {waiting} not yet" if waiting else "")
        + f". The class page: {to / PAGE}"
    )
    if stopped:
        _stopped()
    if open_page:
        webbrowser.open((to / PAGE).as_uri())
    if failed:
        sys.exit(1)


@contextlib.contextmanager
def _resumable() -> Iterator[None]:
    """Ctrl-C while models load, or while files are read or written."""
    try:
        yield
    except KeyboardInterrupt:
        _stopped()


def _stopped() -> NoReturn:
    click.echo("Stopped. The same command goes on where it stopped.", err=True)
    sys.exit(130)


def _plan(where: Path, to: Path, home: Path) -> Plan:
    from rehearse.preparing.saved_sheets import Sheets
    from rehearse.rehearsing.class_plan import plan_of_csv, plan_of_folder

    if where.is_dir():
        return plan_of_folder(where, to)
    if where.is_file() and where.suffix.lower() == ".csv":
        return plan_of_csv(where, Sheets(home).load)
    if not where.exists():
        raise RehearseError(
            f"There is no {where}.", "Check the name and the folder that you are in."
        )
    raise RehearseError(
        f"{where} is neither a folder nor a .csv file.",
        "Name the folder of the recordings, or a table with the columns person,file,sheet.",
    )


def _one_line(name: str) -> str:
    """Without what a terminal would take for a new line or a command."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def _found(plan: Plan) -> str:
    count = len(plan.entries)
    text = "1 recording or text" if count == 1 else f"{count} recordings and texts"
    others = sorted(plan.left_out, key=lambda one: -one[1])
    shown = [f"{count} {_LEFT_OUT.get(ending, ending)}" for ending, count in others[:MOST_KINDS]]
    if more := sum(count for _, count in others[MOST_KINDS:]):
        shown.append(f"{more} others")
    return text + (f"; left out: {', '.join(shown)}." if shown else ".")


@contextlib.contextmanager
def _runner(
    scorer: ClassScorer, jobs: int | None, dask: str | None, count: int
) -> Iterator[Runner]:
    from rehearse.engines.many.process_pool import ProcessPool, cores

    runner: Runner
    if dask is not None:
        from rehearse.engines.many.dask_cluster import DaskCluster

        runner = cluster = DaskCluster(scorer, dask)
        click.echo(
            f"Scoring on {'1 worker' if cluster.workers == 1 else f'{cluster.workers} workers'} "
            f"of {dask}: the recordings travel there.",
            err=True,
        )
    else:
        workers = min(jobs or cores(), count)
        memory = f"{GB_PER_WORKER * workers:.1f} GB of memory"
        cores_used = "1 core" if workers == 1 else f"{workers} cores"
        click.echo(f"Scoring on {cores_used}, with up to {memory}.", err=True)
        runner = ProcessPool(scorer, workers)
    try:
        yield runner
    finally:
        runner.close()


def _score(run: ClassRun, runner: Runner, results: ClassResults) -> None:
    tasks = run.to_do(results)
    if len(tasks) < len(run.entries):
        new = f"{len(tasks)} to score; the rest" if tasks else "Nothing is new; every result"
        click.echo(f"{new} is known already.", err=True)
    with _progress("Scoring", len(tasks)) as advance:

        def on_done(outcome: Outcome) -> None:
            advance(1, outcome.sound_s)

        run.score(tasks, runner, results, on_done)


@contextlib.contextmanager
def _progress(what: str, total: int) -> Iterator[Advance]:
    """A progress bar on stderr with rate and time left, only on a terminal."""
    if not sys.stderr.isatty() or not total:
        yield lambda count, sound_s=0.0: None
        return
    import time

    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), TimeRemainingColumn(), TextColumn("left"),
        console=Console(stderr=True),
    ) as progress:  # fmt: skip
        bar = progress.add_task(what, total=total, rate="")
        began, heard_s, done = time.monotonic(), 0.0, 0

        def advance(count: int, sound_s: float = 0.0) -> None:
            nonlocal heard_s, done
            heard_s += sound_s
            done += count
            passed_s = max(time.monotonic() - began, 0.001)
            rate = f"{60 * done / passed_s:.0f} a minute"
            if heard_s:
                times = heard_s / passed_s
                rate += f", {times:.{0 if times >= 10 else 1}f} times as fast as spoken"
            progress.update(bar, advance=count, rate=rate)

        yield advance
