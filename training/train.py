"""Train the tagger: `python -m training.train` writes build/tagger.npz. Seeded.

Runs that start alike and shuffle the data differently are trained in parallel; their mean is kept,
in half precision.
"""

from __future__ import annotations

import argparse
import dataclasses
import math
import multiprocessing
import os
import pathlib
import random
import time
from collections.abc import Sequence

import numpy as np
import torch
from torch.nn import functional

from rehearse.engines.minilm.wordpiece import WordPiece
from training.act_turns import act_turns, in_a_call, prefaces
from training.as_call import read_calls, with_replies
from training.augment import Augmenter
from training.base import base_tensors, wordpiece
from training.batches import Batch, batches_of
from training.corpus import Pitch, read_pitches
from training.encoder import Tagger
from training.examples import WAY, Example, example_of
from training.outside import as_pitch, read_outside
from training.shipped import shipped_state

NEAR_WEIGHT = 3.0
OFTEN = 3

Heard = dict[str, list[Pitch]]
"""By the id of the written pitch."""
Calls = dict[str, Pitch]
"""The same talks told as calls, by id."""


@dataclasses.dataclass(frozen=True)
class Settings:
    """Runs that differ only in `order` start alike and shuffle the data differently."""

    epochs: float = 30
    rate: float = 2e-4
    frozen: int = 1
    order: int = 0
    seed: int = 0
    batch_pieces: int = 1600
    drop: float = 0.1
    heard_share: float = 0.5
    mishear: float = 0.3
    called_share: float = 0.35
    """The share (0..1) of talks that are told as a call; of these half break off after a turn."""
    acts_share: float = 0.4
    outside_share: float = 0.6
    """The share (0..1) of act turns and of pieces of outside speech that each epoch uses."""
    device: str = "cpu"
    often: tuple[str, ...] = ()
    """Writers whose talks and act turns each epoch uses OFTEN times."""
    half: bool = False
    """Multiply in bfloat16: three times as fast on a CPU with AMX."""


def loss_of(model: Tagger, batch: Batch, *, half: bool = False) -> torch.Tensor:
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        logits = model(batch.ids, batch.manager, batch.mask)
    logits = logits.float().flatten(0, 1)[batch.words]
    n = len(batch.labels)
    zeros = batch.labels.new_zeros
    words = zeros(n).index_add(0, batch.clause, batch.starts.new_ones(len(batch.clause)))
    mean = zeros(n, logits.shape[1]).index_add(0, batch.clause, logits)
    mean = mean / words.clamp(min=1)[:, None]
    weight = (1 + (NEAR_WEIGHT - 1) * batch.near + 1.0 * batch.labels) * batch.known
    bce = functional.binary_cross_entropy_with_logits
    clause_loss = (bce(mean[:, :8], batch.labels, reduction="none") * weight).sum() / n
    word_weight = weight[batch.clause] / words[batch.clause][:, None].sqrt()
    word_loss = bce(logits[:, :8], batch.labels[batch.clause], reduction="none") * word_weight
    word_loss = word_loss.sum() / (word_weight.sum() / 8)
    letter = functional.cross_entropy(mean[:, 8:11], batch.letters, reduction="sum")
    letter = letter / (batch.letters >= 0).sum().clamp(min=1)
    start = bce(logits[:, 11], batch.starts)
    in_way = batch.labels[batch.clause][:, WAY]
    new_weight = 1 + 3 * batch.starts * in_way
    new = (bce(logits[:, 12], batch.new, reduction="none") * new_weight).sum() / new_weight.sum()
    # The least certain clause decides a talk's verdict.
    owner = batch.pitch_of_clause[:, None].expand(-1, 8)
    best = (zeros(batch.size, 8) - 20.0).scatter_reduce(0, owner, mean[:, :8], "amax")
    gold = zeros(batch.size, 8).scatter_reduce(0, owner, batch.labels, "amax")
    known = (zeros(batch.size, 8) + 1).scatter_reduce(0, owner, batch.known, "amin")
    talk = (bce(best, gold, reduction="none") * known).mean()
    pitch_of_word = batch.pitch_of_clause[batch.clause]
    counted = zeros(batch.size).index_add(0, pitch_of_word, torch.sigmoid(logits[:, 12]))
    count = functional.smooth_l1_loss(counted, batch.counts)
    return (
        clause_loss + word_loss + 0.3 * letter + 2.0 * start + 3.0 * new + 1.0 * talk + 0.3 * count
    )


@torch.no_grad()
def predict(
    model: Tagger, examples: Sequence[Example], pieces: WordPiece, device: str = "cpu"
) -> list[np.ndarray]:
    """Logits of the candidate's words, (words, OUTPUTS) for each example."""
    model.eval()
    found = []
    for item in examples:
        batch = Batch([item], pieces, device)
        found.append(model(batch.ids, batch.manager, batch.mask)[0][batch.words].cpu().numpy())
    return found


def fit(
    train: Sequence[Pitch],
    heard: Heard,
    settings: Settings,
    *,
    calls: Calls | None = None,
    turns: Sequence[Pitch] = (),
    start: dict[str, np.ndarray] | None = None,
    log: bool = True,
) -> Tagger:
    """`calls`: talks of `train` as calls. `turns`: act turns. `start`: the weights to continue
    from; None: the packaged base."""
    torch.manual_seed(settings.seed)
    pieces = wordpiece()
    model = Tagger(base_tensors(), settings.drop)
    if start is not None:
        model.load_state_dict({n: torch.from_numpy(v) for n, v in start.items()}, strict=False)
    model = model.to(settings.device)
    seed = settings.seed + settings.order
    torch.manual_seed(seed)
    for part in [model.words, *model.layers[: settings.frozen]]:
        part.requires_grad_(False)
    if settings.frozen:
        model.positions.requires_grad_(False)
        model.norm.requires_grad_(False)
    augmenter = Augmenter(train, heard, seed, mishear=settings.mishear)
    shares = {"outside": settings.outside_share, "acts": settings.acts_share}
    starts = prefaces(calls.values() if calls else ())
    rng = random.Random(seed)
    optimiser = _optimiser(model, settings.rate)
    average: dict[str, torch.Tensor] = {}
    step, began = 0, time.time()
    steps = 0
    for epoch in range(math.ceil(settings.epochs)):
        examples = []
        for pitch in [*train, *turns]:
            if rng.random() >= shares.get(pitch.industry, 1.0):
                continue
            source = pitch
            if pitch.industry == "acts":
                source = dataclasses.replace(pitch, clauses=tuple(in_a_call(pitch, starts, rng)))
            elif calls and pitch.id in calls and rng.random() < settings.called_share:
                source = _broken_off(calls[pitch.id], rng)
            elif pitch.id in heard and rng.random() < settings.heard_share:
                source = rng.choice(heard[pitch.id])
            clauses, recital = augmenter.clauses(source)
            examples.append(example_of(clauses, recital, pitch.id))
        batches = batches_of(examples, pieces, settings.batch_pieces, rng)
        steps = steps or int(len(batches) * settings.epochs)
        total = torch.zeros((), device=settings.device)
        model.train()
        for items in batches:
            # Warm up over a tenth, then fall linearly to a twentieth.
            part = step / steps
            scale = min(1.0, part / 0.08) * max(0.05, 1 - part) if part < 1 else 0.05
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * max(scale, 0.005)
            batch = Batch(items, pieces, settings.device)
            loss = loss_of(model, batch, half=settings.half)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            total += loss.detach()
            step += 1
            if step > 0.5 * steps:
                _follow(average, model)
        if log:
            took_s = time.time() - began
            print(f"epoch {epoch} loss {total.item() / len(batches):.3f} {took_s:.0f}s", flush=True)
        if step >= steps:
            break
    model.load_state_dict(average, strict=False)
    model.eval()
    return model


def _broken_off(call: Pitch, rng: random.Random) -> Pitch:
    """`call`, or half the time only what is known of it when one of its turns has just ended."""
    ends = [
        place
        for place, clause in enumerate(call.clauses, 1)
        if clause.speaker == "C"
        and (place == len(call.clauses) or call.clauses[place].speaker == "M")
    ]
    if call.recital or len(ends) < 2 or rng.random() < 0.5:
        return call
    return dataclasses.replace(call, clauses=call.clauses[: rng.choice(ends)])


def _optimiser(model: Tagger, rate: float) -> torch.optim.Optimizer:
    learned = [(n, p) for n, p in model.named_parameters() if p.requires_grad and "head" not in n]
    return torch.optim.AdamW(
        [
            {"params": [p for _, p in learned if p.ndim > 1], "weight_decay": 0.01, "base": rate},
            {"params": [p for _, p in learned if p.ndim == 1], "weight_decay": 0.0, "base": rate},
            {"params": model.head.parameters(), "weight_decay": 0.0, "base": rate * 5},
        ],
        lr=rate,
    )


@torch.no_grad()
def _follow(average: dict[str, torch.Tensor], model: Tagger) -> None:
    """Move the running mean of the weights towards the current ones."""
    learned = {n: p.detach() for n, p in model.named_parameters() if p.requires_grad}
    if not average:
        average.update({name: value.clone() for name, value in learned.items()})
    else:
        torch._foreach_lerp_([average[name] for name in learned], list(learned.values()), 0.02)


def state_of(model: Tagger) -> dict[str, np.ndarray]:
    """All except the word embeddings, which stay in their package."""
    state = model.state_dict().items()
    return {name: v.cpu().numpy() for name, v in state if not name.startswith("words.")}


def with_state(state: dict[str, np.ndarray]) -> Tagger:
    model = Tagger(base_tensors())
    tensors = {n: torch.from_numpy(v).float() for n, v in state.items()}
    model.load_state_dict(tensors, strict=False)
    model.eval()
    return model


def load(path: pathlib.Path) -> Tagger:
    with np.load(path) as state:
        return with_state({name: state[name] for name in state.files})


def read_heard(root: pathlib.Path) -> Heard:
    heard: Heard = {}
    if root.exists():
        for pitch in read_pitches(root):
            heard.setdefault(pitch.id.split("@")[0], []).append(pitch)
    return heard


def deterministic() -> None:
    """Makes every run on one kind of machine give the same result; call before a device is used."""
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.backends.cuda.matmul.allow_tf32 = True  # a third of the time
    torch.backends.cuda.enable_flash_sdp(False)
    torch.backends.cuda.enable_mem_efficient_sdp(False)
    torch.backends.cuda.enable_cudnn_sdp(False)


def _run(settings: Settings, start: pathlib.Path | None) -> dict[str, np.ndarray]:
    torch.set_num_threads(1)
    deterministic()
    pitches = read_pitches(pathlib.Path("corpus/train"))
    pitches += (OFTEN - 1) * [pitch for pitch in pitches if pitch.writer in settings.often]
    pitches += [as_pitch(talk) for talk in read_outside() if not talk.in_dev]
    heard = read_heard(pathlib.Path("corpus/heard/train"))
    said = read_calls()
    calls = {one.id: with_replies(one, said[one.id]) for one in pitches if one.id in said}
    turns = act_turns()
    turns += (OFTEN - 1) * [turn for turn in turns if turn.writer in settings.often]
    print(
        f"order {settings.order}: {len(pitches)} pitches, {sum(map(len, heard.values()))} heard, "
        f"{len(calls)} as calls, {len(turns)} act turns",
        flush=True,
    )
    state = shipped_state(start) if start is not None else None
    return state_of(fit(pitches, heard, settings, calls=calls, turns=turns, start=state))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build/tagger.npz"))
    parser.add_argument("--first-order", type=int, default=0)
    parser.add_argument("--runs", type=int, default=4, help="of which the mean is taken")
    parser.add_argument("--jobs", type=int, default=1, help="runs at the same time")
    parser.add_argument("--epochs", type=float, default=Settings.epochs)
    parser.add_argument("--rate", type=float, default=Settings.rate)
    parser.add_argument("--start", type=pathlib.Path, help="a model file to go on from")
    parser.add_argument("--device", default=Settings.device, help="cpu or cuda")
    parser.add_argument("--half", action="store_true", help="multiply in bfloat16, on a processor")
    parser.add_argument(
        "--often", nargs="*", default=(), help=f"writers whose words count {OFTEN} times"
    )
    options = parser.parse_args()
    settings = Settings(
        epochs=options.epochs,
        device=options.device,
        half=options.half,
        rate=options.rate,
        often=tuple(options.often),
    )
    orders = [
        dataclasses.replace(settings, order=order)
        for order in range(options.first_order, options.first_order + options.runs)
    ]
    with multiprocessing.get_context("spawn").Pool(options.jobs, maxtasksperchild=1) as pool:
        states = pool.starmap(_run, [(order, options.start) for order in orders], chunksize=1)
    mean = {name: np.mean([state[name] for state in states], axis=0) for name in states[0]}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez(options.out, **{name: values.astype(np.float16) for name, values in mean.items()})


if __name__ == "__main__":
    main()
