"""Sharing: two programs on one store at once."""

from __future__ import annotations

import argparse
import dataclasses
import multiprocessing
from datetime import datetime
from pathlib import Path

from benchmarks.faults.programs import SHORT_TALK, run
from benchmarks.faults.row import Row
from rehearse.errors import RehearseError
from rehearse.keeping.store import Store

ROUNDS = 50


def rows(folder: Path, options: argparse.Namespace) -> list[Row]:
    home = folder / "home"
    run(home, "call", "--candidate", SHORT_TALK, "--no-sound")
    rehearsal_id = Store(home).folders()[0].id
    return [_changed(home, rehearsal_id), _deleted(home, rehearsal_id), _new(home)]


def _rename(home: Path, rehearsal_id: str, rounds: int) -> None:
    for _ in range(rounds):
        Store(home).folder(rehearsal_id).update(
            lambda kept: dataclasses.replace(kept, title=f"{kept.title}x")
        )


def _rescore(home: Path, rehearsal_id: str, rounds: int) -> None:
    folder = Store(home).folder(rehearsal_id)
    for _ in range(rounds):
        folder.save_result(folder.load())


def _changed(home: Path, rehearsal_id: str) -> Row:
    _together((_rename, (home, rehearsal_id, ROUNDS)), (_rescore, (home, rehearsal_id, ROUNDS)))
    title = Store(home).folder(rehearsal_id).load().title
    return Row("renamed while it is scored again", ROUNDS,
               f"{ROUNDS - len(title)} changes lost", len(title) == ROUNDS)  # fmt: skip


def _list(home: Path, rounds: int) -> None:
    for _ in range(rounds):
        Store(home).summaries()


def _copy_and_delete(home: Path, rehearsal_id: str, rounds: int) -> None:
    kept = Store(home).folder(rehearsal_id).load()
    for _ in range(rounds):
        folder = Store(home).new(datetime.now())
        folder.save(kept)
        folder.delete()


def _deleted(home: Path, rehearsal_id: str) -> Row:
    _together((_copy_and_delete, (home, rehearsal_id, ROUNDS)), (_list, (home, ROUNDS)))
    left = [one.id for one in Store(home).summaries()]
    files = [path.name for path in (home / "rehearsals").iterdir()]
    return Row("deleted while another program lists", ROUNDS,
               f"{len(left) - 1} came back, {len(files) - 1} left on disk",
               left == files == [rehearsal_id])  # fmt: skip


def _begin(home: Path, rounds: int) -> None:
    for _ in range(rounds):
        Store(home).new(datetime(2026, 1, 1))


def _new(home: Path) -> Row:
    before = len(Store(home).folders())
    _together((_begin, (home, ROUNDS)), (_begin, (home, ROUNDS)))
    made = len(Store(home).folders()) - before
    return Row("two programs begin a call in the same second", ROUNDS,
               f"{2 * ROUNDS - made} share a folder", made == 2 * ROUNDS)  # fmt: skip


def _together(*work: tuple) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=target, args=arguments) for target, arguments in work]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        if process.exitcode:
            raise RehearseError("A program of this benchmark failed.", "See above.")
