"""Makes the model that recognises dialogue acts: `python -m training.act_model`.

It fine-tunes the layers of MiniLM on the utterances in training/acts, and on clauses of the
corpus for the acts that the rubric knows. `--leave-out WRITER` trains without one writer and
saves the probabilities of that writer's utterances for `python -m training.act_scores`.
`--mean A B` makes it of two models that began alike: their mean knows more than either.
"""

from __future__ import annotations

import argparse
import functools
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from rehearse.calling.acts import Act
from rehearse.calling.bank import packaged_bank
from rehearse.calling.scenario import Moment, packaged_names, packaged_scenario
from rehearse.engines.minilm.act_classifier import LONGEST, MODEL_FILE, SCALE, end_marked, widened
from rehearse.engines.minilm.layers import LAYERS, WIDTH, MinilmLayers
from training.base import base_tensors, wordpiece
from training.encoder import Layer, fill_layer
from training.mishearing import read_confusions

HERE = Path(__file__).parent
EXAMPLES = HERE / "acts"
CORPUS = HERE.parent / "corpus" / "train"
SAVED = Path("/tmp/rehearse-act-{}.npz")
FROM_CORPUS = {
    "way": "ways", "past": "recital", "choice": "choice", "status": "status",
    "ask": "critical_question", "link": "vague",
}  # fmt: skip
PER_LABEL = 60
PAIRS, LONGEST_OF_PAIR = 1000, 13
JOINTS = (", ", " and ", ". ", ". ", " ", ", so ", ", and ")
EPOCHS, BATCH, RATE, HEAD_RATE, DROP = 7, 32, 2e-4, 2e-3, 0.15
LOST = 0.08
"""Share of pieces that are hidden from the tuned layers."""
POSITIVE = 2.0
"""Weight of an act that is there against one that is not."""
ANY_LINE, NO_LINE, PLAIN, MISHEARD = 0.6, 0.25, 0.4, 0.15
"""How often an utterance without a line gets some line; one with a line loses it where its acts
do not need it; punctuation is left out; words are misheard."""
ANSWERS = frozenset({"answers_question", "answers_objection"})
NAMES = [str(act) for act in Act]
NEUTRAL = (
    *("hello", "good_time", "my_name", "welcome", "about_me", "pay", "hours", "location", "choice"),
    *("answer_lead", "opening", "go_ahead", "about_job", "picks_up", "convinced", "back_start"),
)
QUESTIONS = (
    *("which_first", "what_need", "what_cost", "who_against", "how_know"),
    *("return_question", "vague", "credentials"),
)


@dataclass(frozen=True)
class Said:
    """An utterance as in the files; `acts` may be "about_plan": an answer, by the line before."""

    writer: str
    acts: frozenset[str]
    text: str
    line: str = ""


def utterances() -> Iterator[Said]:
    """Lines of training/acts: acts joined by +, a tab, the words, perhaps a tab and the line."""
    for file in sorted(EXAMPLES.glob("*.tsv")):
        for row in file.read_text(encoding="utf-8").splitlines():
            if row and not row.startswith("#"):
                acts, text, *line = row.split("\t")
                yield Said(file.stem, frozenset(acts.split("+")), text, "".join(line))


def corpus_clauses(rng: random.Random) -> list[Said]:
    """Clauses of the training corpus that carry one label of FROM_CORPUS."""
    found: dict[str, list[Said]] = {label: [] for label in FROM_CORPUS}
    for file in sorted(CORPUS.rglob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            left, bar, text = line.partition(" | ")
            labels = {"way" if label.startswith("way") else label for label in left.split()[1:]}
            if bar and len(labels) == 1 and (label := labels.pop()) in FROM_CORPUS:
                found[label].append(Said("corpus", frozenset({FROM_CORPUS[label]}), text))
    return [one for rows in found.values() for one in rng.sample(rows, PER_LABEL)]


def plain(text: str) -> str:
    """As a recogniser that writes no punctuation would have it."""
    return "".join(c for c in text.lower() if c not in ".,?!;:")


def pairs(rows: list[Said], rng: random.Random) -> list[Said]:
    """Two utterances joined to one."""
    short = [
        row
        for row in rows
        if len(row.text.split()) < LONGEST_OF_PAIR and not row.acts & {"nothing", "about_plan"}
    ]
    found = []
    for _ in range(PAIRS):
        first, second = rng.sample(short, 2)
        if (first.acts | second.acts) & ANSWERS and first.line:
            second = replace(second, acts=second.acts - ANSWERS)
        text = first.text.rstrip(".?!") + rng.choice(JOINTS) + second.text
        if second.acts and not (second.acts & ANSWERS):
            found.append(Said("pairs", first.acts | second.acts, text, first.line))
    return found


def filled(phrasing: str) -> str:
    """A manager's line with something in its placeholders."""
    return phrasing.format(
        manager="Dana Keller",
        company="Halvorsen Freight",
        job="the planner job",
        business="the new depot",
        contribution="cutting the returns backlog",
        offer="you'd cut the returns backlog",
    )


class Lines:
    """What managers say, to put before utterances that came without a line."""

    def __init__(self) -> None:
        bank, found = packaged_bank(), {}
        for moment in Moment:
            own = [
                x for s in map(packaged_scenario, packaged_names()) for x in s.lines.get(moment, ())
            ]
            own += [x for lists in bank.moments.get(moment, {}).values() for x in lists]
            found[str(moment)] = [filled(x) for x in own]
        answers = [x for trade in bank.trades for theme in trade.themes for x in theme.answer]
        self.neutral = [x for m in NEUTRAL for x in found[m]] + answers
        self.questions = [x for m in QUESTIONS for x in found[m]]
        self.doubts = [x for m in ("push_back", "push_back_plain") for x in found[m]]

    def every(self) -> list[str]:
        return [*self.neutral, *self.questions, *self.doubts]

    def before(self, said: Said, rng: random.Random) -> Said:
        """The utterance with the line that stands before it this time."""
        if said.acts == {"about_plan"}:
            doubts = rng.random() < 0.35
            line = rng.choice(self.doubts if doubts else self.questions)
            act = "answers_objection" if doubts else "answers_question"
            return replace(said, acts=frozenset({act}), line=line)
        if said.acts & ANSWERS:
            if said.line and rng.random() > 0.8:
                pool = self.doubts if "answers_objection" in said.acts else self.questions
                return replace(said, line=rng.choice(pool))
            return said
        if said.line:
            return replace(said, line="") if rng.random() < NO_LINE else said
        if rng.random() >= ANY_LINE:
            return said
        # A statement after a question or a doubt may answer it: those get neutral lines only.
        states = said.acts & {"vague", "recital", "ways", "choice", "nothing", "status", "reason"}
        pool = self.neutral if states or rng.random() < 0.6 else self.questions + self.doubts
        return replace(said, line=rng.choice(pool))


class States:
    """Embeddings of texts, below the first layer. Each is computed once."""

    def __init__(self) -> None:
        self._pieces = wordpiece()
        self._layers = MinilmLayers(base_tensors())
        self.of = functools.cache(self._of)
        self.of_line = functools.cache(self._of_line)

    def _of(self, text: str) -> torch.Tensor:
        return self._embedded(self._pieces.marked(text, LONGEST))

    def _of_line(self, line: str) -> torch.Tensor:
        return self._embedded(end_marked(self._pieces.marked(line, 10_000)))

    def _embedded(self, ids: list[int]) -> torch.Tensor:
        return torch.from_numpy(self._layers.embedded([ids]))


class Model(nn.Module):
    """From the states of utterances and lines to logits of acts."""

    def __init__(self, base: dict[str, np.ndarray]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for index, layer in enumerate(self.layers):
            fill_layer(layer, base, f"encoder.layer.{index}.")
        self.voice = nn.Parameter(torch.zeros(WIDTH))
        self.seek = nn.Parameter(torch.zeros(len(NAMES), WIDTH))
        self.head = nn.Linear(WIDTH, len(NAMES))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, -3.0)

    def forward(
        self, x: torch.Tensor, voices: torch.Tensor, mask: torch.Tensor, said: torch.Tensor
    ) -> torch.Tensor:
        """`x` (batch, pieces, 384); `voices` 1 at the line's pieces; `mask` True at all pieces;
        `said` True at the caller's."""
        x = x + voices[..., None] * self.voice
        if self.training:
            lost = torch.rand(x.shape[:2]) < LOST
            x = x.masked_fill(lost[..., None], 0.0)
        near = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, near, DROP)
        x = functional.dropout(x.float(), DROP, self.training)
        scores = x @ self.seek.T * WIDTH**-0.5
        scores = scores.masked_fill(~said[..., None], -1e4).softmax(dim=1)
        return (scores * (x @ self.head.weight.T)).sum(dim=1) + self.head.bias


def batch(rows: Sequence[Said], states: States) -> tuple[torch.Tensor, ...]:
    parts = [states.of(row.text) for row in rows]
    lines = [states.of_line(row.line) if row.line else torch.zeros(0, WIDTH) for row in rows]
    width = max(len(a) + len(b) for a, b in zip(parts, lines, strict=True))
    x = torch.zeros(len(rows), width, WIDTH)
    voices = torch.zeros(len(rows), width)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    said = torch.zeros(len(rows), width, dtype=torch.bool)
    for i, (part, line) in enumerate(zip(parts, lines, strict=True)):
        end = len(part) + len(line)
        x[i, : len(part)], x[i, len(part) : end] = part, line
        voices[i, len(part) : end] = 1.0
        mask[i, :end], said[i, : len(part)] = True, True
    return x, voices, mask, said


def targets(rows: Sequence[Said]) -> torch.Tensor:
    return torch.tensor([[float(name in row.acts) for name in NAMES] for row in rows])


def batches(rows: list[Said], rng: random.Random) -> list[list[Said]]:
    """Utterances of about the same length together."""
    rng.shuffle(rows)
    found = []
    for start in range(0, len(rows), BATCH * 16):
        part = sorted(rows[start : start + BATCH * 16], key=lambda r: len(r.text) + len(r.line))
        found += [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
    rng.shuffle(found)
    return found


class Variants:
    """An utterance as written, without punctuation, or misheard."""

    def __init__(self) -> None:
        self._confusions = read_confusions()

    def every(self, text: str) -> tuple[str, str, str]:
        heard = self._confusions.of(text.split(), 1.5, random.Random(text))
        return text, plain(text) or text, " ".join(heard) or text

    def of(self, text: str, rng: random.Random) -> str:
        written, unpunctuated, misheard = self.every(text)
        chance = rng.random()
        if chance < MISHEARD:
            return misheard
        return unpunctuated if chance < MISHEARD + PLAIN else written


def train(rows: list[Said], states: States, seed: int) -> Model:
    """Trains on `rows` with other lines, forms and joints each epoch."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    lines, variants = Lines(), Variants()
    rows = [*rows, *corpus_clauses(random.Random(1))]
    rows += pairs(rows, random.Random(1))
    model = Model(base_tensors())
    tuned = [p for layer in model.layers for p in layer.parameters()]
    head = [model.voice, model.seek, *model.head.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": tuned, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=0.01
    )
    steps = EPOCHS * -(-len(rows) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / (0.1 * steps)) * max(0.0, 1.02 - step / steps)
    )
    begun = time.monotonic()
    model.train()
    for epoch in range(EPOCHS):
        total = 0.0
        now = [replace(lines.before(row, rng), text=variants.of(row.text, rng)) for row in rows]
        for part in batches(now, rng):
            wanted = targets(part)
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(*batch(part, states))
            losses = functional.binary_cross_entropy_with_logits(
                logits.float(), wanted, torch.where(wanted > 0, POSITIVE, 1.0), reduction="none"
            )
            optimiser.zero_grad()
            loss = losses.sum(dim=1).mean()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(part)
        print(
            f"epoch {epoch + 1}: loss {total / len(rows):.3f}, {time.monotonic() - begun:.0f} s",
            flush=True,
        )
    return model.eval()


@torch.no_grad()
def predict(model: Model, rows: Sequence[Said], states: States) -> np.ndarray:
    """Probabilities, (rows, acts)."""
    found = [
        torch.sigmoid(model(*batch(rows[i : i + 64], states))) for i in range(0, len(rows), 64)
    ]
    return torch.cat(found).numpy()


def save(model: Model, file: Path = MODEL_FILE) -> None:
    """By the names of the published model."""
    kept: dict[str, np.ndarray] = {}
    for index, layer in enumerate(model.layers):
        at = f"encoder.layer.{index}."
        for kind in ("weight", "bias"):
            joined = getattr(layer.qkv, kind).detach().numpy()
            for part, values in zip(("query", "key", "value"), np.split(joined, 3), strict=True):
                kept[f"{at}attention.self.{part}.{kind}"] = values
            for module, name in (
                (layer.out, "attention.output.dense"),
                (layer.norm1, "attention.output.LayerNorm"),
                (layer.up, "intermediate.dense"),
                (layer.down, "output.dense"),
                (layer.norm2, "output.LayerNorm"),
            ):
                kept[f"{at}{name}.{kind}"] = getattr(module, kind).detach().numpy()
    kept["voice"], kept["seek"] = model.voice.detach().numpy(), model.seek.detach().numpy()
    kept["weights"] = model.head.weight.detach().numpy()
    kept["bias"] = model.head.bias.detach().numpy()
    write(kept, file)


def write(weights: dict[str, np.ndarray], file: Path) -> None:
    """Matrices of layers in 8 bits with a scale for each row, all else in half precision."""
    kept = {}
    for name, values in weights.items():
        if values.ndim == 2 and name.startswith("encoder."):
            scales = (np.abs(values).max(axis=1) / 127).astype(np.float16)
            kept[name + SCALE] = scales
            kept[name] = np.round(values / scales.astype(np.float32)[:, None]).astype(np.int8)
        else:
            kept[name] = values.astype(np.float16)
    np.savez_compressed(file, names=np.array(NAMES), **kept)


def mean(files: Sequence[Path], file: Path = MODEL_FILE) -> None:
    """Writes the mean weights of model files."""
    models = [widened(np.load(one)) for one in files]
    write({name: np.mean([m[name] for m in models], axis=0) for name in models[0]}, file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leave-out", metavar="WRITER")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mean", metavar="MODEL", type=Path, nargs="+")
    wanted = parser.parse_args()
    if wanted.mean:
        mean(wanted.mean)
        return
    rows = list(utterances())
    states = States()
    model = train([row for row in rows if row.writer != wanted.leave_out], states, wanted.seed)
    if not wanted.leave_out:
        save(model)
        print(f"{len(rows)} utterances: {MODEL_FILE}")
        return
    held_out = [row for row in rows if row.writer == wanted.leave_out]
    odds = predict(model, held_out, states)
    np.savez(str(SAVED).format(wanted.leave_out), odds=odds)
    save(model, Path(str(SAVED).format(f"model-{wanted.leave_out}")))
    found, true = odds > 0.5, targets(held_out).numpy() > 0
    hits = (found & true).sum(axis=0)
    f1 = 2 * hits / np.maximum(1, found.sum(axis=0) + true.sum(axis=0))
    print(f"{wanted.leave_out}: macro-F1 {f1.mean():.3f}")


if __name__ == "__main__":
    main()
