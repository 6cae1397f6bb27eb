"""Measure: predicted scorecards compared with labelled pitches."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from rehearse.scoring import rubric
from rehearse.scoring.rubric import Criterion, Findings
from training.corpus import Pitch

YES_NO = {
    "link": Criterion.BUSINESS_LINK,
    "humble": Criterion.HUMILITY,
    "ask": Criterion.CRITICAL_QUESTION,
    "role": Criterion.ROLE_IMPORTANCE,
    "choice": Criterion.MANAGER_CHOICE,
    "status": Criterion.STATUS_CHECK,
    "past": Criterion.CREDENTIAL_RECITAL,
}


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a pitch earns, by its labels or by a scorer."""

    met: frozenset[Criterion]
    contributions: int

    @property
    def verdicts(self) -> tuple[str, str]:
        findings = Findings(self.met, self.contributions)
        return rubric.business_contribution(findings), rubric.critical_question(findings)


def gold(pitch: Pitch) -> Outcome:
    met = frozenset(criterion for label, criterion in YES_NO.items() if pitch.has(label))
    return Outcome(met, pitch.contributions)


def figures(golds: Sequence[Outcome], found: Sequence[Outcome]) -> dict[str, float]:
    """precision, recall and F1 of each criterion, their mean F1, contributions, verdicts."""
    out: dict[str, float] = {}
    scores = []
    for label, criterion in YES_NO.items():
        truth = np.array([criterion in g.met for g in golds])
        said = np.array([criterion in f.met for f in found])
        hits = float((truth & said).sum())
        precision = hits / said.sum() if said.sum() else float(not truth.sum())
        recall = hits / truth.sum() if truth.sum() else 1.0
        f1 = 2 * hits / (truth.sum() + said.sum()) if truth.sum() + said.sum() else 1.0
        out |= {f"{label}.p": precision, f"{label}.r": recall, f"{label}.f1": float(f1)}
        scores.append(float(f1))
    out["macro_f1"] = float(np.mean(scores))
    counts = np.array([g.contributions for g in golds])
    guessed = np.array([f.contributions for f in found])
    out["ways.exact"] = float((counts == guessed).mean())
    out["ways.within1"] = float((abs(counts - guessed) <= 1).mean())
    out["ways.3+"] = float(((counts >= 3) == (guessed >= 3)).mean())
    out["ways.bias"] = float((guessed - counts).mean())
    for place, name in enumerate(("contribution", "question")):
        right = [g.verdicts[place] == f.verdicts[place] for g, f in zip(golds, found, strict=True)]
        out[f"verdict.{name}"] = float(np.mean(right))
    both = [g.verdicts == f.verdicts for g, f in zip(golds, found, strict=True)]
    out["verdict.both"] = float(np.mean(both))
    out["verdicts"] = (out["verdict.contribution"] + out["verdict.question"]) / 2
    return out


def line(name: str, f: Mapping[str, float]) -> str:
    each = " ".join(
        f"{label} {f[f'{label}.f1']:.2f}({f[f'{label}.p']:.2f}/{f[f'{label}.r']:.2f})"
        for label in YES_NO
    )
    return (
        f"{name}: F1 {f['macro_f1']:.3f} | {each} | "
        f"ways {f['ways.exact']:.3f}/{f['ways.within1']:.3f}/{f['ways.3+']:.3f} "
        f"bias {f['ways.bias']:+.2f} | verdicts {f['verdict.contribution']:.3f} "
        f"{f['verdict.question']:.3f} both {f['verdict.both']:.3f}"
    )  # fmt: skip


def intervals(
    golds: Sequence[Outcome], found: Sequence[Outcome], draws: int = 400
) -> dict[str, tuple[float, float]]:
    """The 95 % bootstrap interval over pitches, for every figure."""
    rng = np.random.default_rng(0)
    values: dict[str, list[float]] = {}
    for _ in range(draws):
        picks = rng.integers(0, len(golds), len(golds)).tolist()
        drawn = figures([golds[i] for i in picks], [found[i] for i in picks])
        for key, value in drawn.items():
            values.setdefault(key, []).append(value)
    return {
        key: (float(np.percentile(some, 2.5)), float(np.percentile(some, 97.5)))
        for key, some in values.items()
    }
