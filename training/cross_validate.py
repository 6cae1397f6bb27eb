"""Cross-validate: predicts each writer's pitches without that writer.

`python -m training.cross_validate OUT plain long:epochs=18 ...` trains one model for each setting,
fold of writers and order, and writes OUT/<setting>.npz: each model's predictions for the talks of
its fold, as written, without punctuation, and as recognised. Test writers are never read.
`python -m training.choose` turns the predictions into figures.
"""

from __future__ import annotations

import argparse
import dataclasses
import multiprocessing
import pathlib
import time
from collections.abc import Sequence

import numpy as np
import torch

from training.base import wordpiece
from training.corpus import Pitch, read_pitches
from training.examples import example
from training.talks import stripped
from training.train import Settings, deterministic, fit, predict, read_heard, state_of, with_state

FOLDS = 5
STEP = 1 / 16
"""Logits are stored as multiples of this, in one byte."""


@dataclasses.dataclass(frozen=True)
class Run:
    name: str
    settings: Settings
    fold: int

    @property
    def state_file(self) -> str:
        return f"{self.name}-{self.fold}-{self.settings.order}.npz"


def folds_of(pitches: Sequence[Pitch]) -> list[set[str]]:
    """Writers in FOLDS sets with about the same number of pitches."""
    sizes = {w: sum(p.writer == w for p in pitches) for w in sorted({p.writer for p in pitches})}
    folds: list[set[str]] = [set() for _ in range(FOLDS)]
    for writer in sorted(sizes, key=lambda w: (-sizes[w], w)):
        min(folds, key=lambda fold: sum(sizes[w] for w in fold)).add(writer)
    return folds


def written() -> list[Pitch]:
    return [p for part in ("train", "dev") for p in read_pitches(pathlib.Path("corpus") / part)]


def variants_of(pitches: Sequence[Pitch]) -> dict[str, Pitch]:
    """By `ID` (written), `ID-bare` (without punctuation), `ID@...` (heard)."""
    found = {p.id: p for p in pitches} | {f"{p.id}-bare": stripped(p) for p in pitches}
    for part in ("train", "dev"):
        heard = read_heard(pathlib.Path("corpus/heard") / part)
        found |= {h.id: h for p in pitches for h in heard.get(p.id, ())}
    return {name: talk for name, talk in found.items() if talk.text}


def train_one(run: Run, states: pathlib.Path, until: float) -> None:
    if time.time() > until:
        print(f"{run.state_file}: no time left", flush=True)
        return
    torch.set_num_threads(1)
    deterministic()
    began = time.time()
    pitches = written()
    left_out = folds_of(pitches)[run.fold]
    heard = {}
    for part in ("train", "dev"):
        heard |= read_heard(pathlib.Path("corpus/heard") / part)
    model = fit([p for p in pitches if p.writer not in left_out], heard, run.settings, log=False)
    np.savez(states / run.state_file, **state_of(model))
    print(f"{run.state_file} took {time.time() - began:.0f} s", flush=True)


def foretell(runs: Sequence[Run], states: pathlib.Path) -> dict[str, np.ndarray]:
    """Logits by talk, from the mean of the runs, which differ only in their order."""
    pitches = written()
    fold = folds_of(pitches)[runs[0].fold]
    mean: dict[str, np.ndarray] = {}
    for run in runs:
        with np.load(states / run.state_file) as state:
            for name in state.files:
                mean[name] = mean.get(name, 0) + state[name] / len(runs)
    device = runs[0].settings.device
    model = with_state(mean).to(device)
    talks = variants_of([p for p in pitches if p.writer in fold])
    logits = predict(model, [example(p) for p in talks.values()], wordpiece(), device)
    return {
        name: np.clip(np.round(values / STEP), -127, 127).astype(np.int8)
        for name, values in zip(talks, logits, strict=True)
    }


def _foretell(task: tuple[str, Sequence[Run], pathlib.Path]) -> tuple[str, dict[str, np.ndarray]]:
    torch.set_num_threads(1)
    return task[0], foretell(task[1], task[2])


def _settings(text: str, device: str) -> tuple[str, Settings]:
    """NAME:key=value,key=value"""
    name, _, rest = text.partition(":")
    kinds = {field.name: type(field.default) for field in dataclasses.fields(Settings)}
    given = dict(pair.split("=") for pair in rest.split(",") if pair)
    values = {key: kinds[key](float(value)) for key, value in given.items()}
    return name, dataclasses.replace(Settings(device=device), **values)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("settings", nargs="+", help="NAME or NAME:key=value,key=value")
    parser.add_argument("--orders", type=int, default=1, help="runs whose weights are averaged")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1e9, help="begin no run after these")
    parser.add_argument("--states", type=pathlib.Path, default=pathlib.Path("build/states"))
    options = parser.parse_args()
    for folder in (options.out, options.states):
        folder.mkdir(parents=True, exist_ok=True)
    named = dict(_settings(text, options.device) for text in options.settings)
    until = time.time() + options.seconds
    runs = [
        Run(name, dataclasses.replace(settings, order=order), fold)
        for order in range(options.orders)
        for name, settings in named.items()
        for fold in range(FOLDS)
    ]
    with multiprocessing.get_context("spawn").Pool(options.jobs, maxtasksperchild=1) as pool:
        pool.starmap(train_one, [(r, options.states, until) for r in runs], chunksize=1)
        tasks = []
        for name in named:
            for count in {1, options.orders}:
                groups = [
                    [r for r in runs if (r.name, r.fold) == (name, fold)][:count]
                    for fold in range(FOLDS)
                ]
                if all((options.states / r.state_file).exists() for g in groups for r in g):
                    label = name if count == 1 else f"{name}-mean{count}"
                    tasks += [(label, group, options.states) for group in groups]
        results = pool.map(_foretell, tasks, chunksize=1)
    for label in {label for label, _ in results}:
        logits = {k: v for name, found in results if name == label for k, v in found.items()}
        np.savez_compressed(options.out / f"{label}.npz", **logits)
        print(label, len(logits), (options.out / f"{label}.npz").stat().st_size)


if __name__ == "__main__":
    main()
