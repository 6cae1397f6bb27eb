"""`python -m benchmarks.scoring`: figures for each criterion."""

from __future__ import annotations

import argparse
import os
import pathlib
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # training/ is not installed

from benchmarks.scoring.keyword_tagger import KeywordTagger  # noqa: E402
from benchmarks.scoring.prototype_tagger import PrototypeTagger  # noqa: E402
from benchmarks.scoring.real_talk import kind_rows, long_rows, outside_rows  # noqa: E402
from rehearse.engines.minilm.tagger import MinilmTagger  # noqa: E402
from rehearse.scoring.clauses import ClauseTagger  # noqa: E402
from rehearse.scoring.scorecard import score_transcript  # noqa: E402
from rehearse.transcript import text_transcript  # noqa: E402
from training.as_call import are_calls, as_call  # noqa: E402
from training.corpus import Pitch  # noqa: E402
from training.measure import YES_NO, Outcome, figures, gold, intervals  # noqa: E402
from training.outside import read_outside  # noqa: E402
from training.talks import outcome, transcript, variants  # noqa: E402

Figures = Mapping[str, float]
KINDS = ("strong", "partial", "adversarial", "recital")
A_MINUTE = 170  # words


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scoring")
    parser.add_argument("--part", default="test", choices=("dev", "test"))
    parser.add_argument("--model", type=pathlib.Path, help="another model file to measure")
    parser.add_argument("--draws", type=int, default=400, help="bootstrap draws an interval")
    options = parser.parse_args()
    os.chdir(ROOT)
    _speed()
    model = MinilmTagger(options.model) if options.model else MinilmTagger()
    talks = variants(options.part)
    calls = [as_call(pitch, model) for pitch in are_calls(talks["text"][0])]
    talks["as a call"] = calls, [gold(call) for call in calls]
    print(f"\nPart {options.part}. Model: {model.name}.")
    found = {name: _outcomes(pitches, model) for name, (pitches, _) in talks.items()}
    for name, (pitches, golds) in talks.items():
        _criteria(f"{name}, {len(pitches)} pitches", golds, found[name], options.draws)
    _overview("Text against speech", {n: (g, found[n]) for n, (_, g) in talks.items()})
    pitches, golds = talks["text"]
    _slices("By writer", pitches, golds, found["text"], lambda p: p.writer)
    _slices("By kind", pitches, golds, found["text"], lambda p: p.kind)
    if "heard" in talks:
        heard, heard_golds = talks["heard"]
        _slices("Misheard, by recogniser", heard, heard_golds, found["heard"], _recogniser)
    _real_talk(pitches, model)
    taggers: Sequence[ClauseTagger] = (KeywordTagger(), PrototypeTagger(), model)
    rows = {t.name: (golds, _outcomes(pitches, t)) for t in taggers}
    bare, bare_golds = talks["unpunct"]
    rows |= {f"{t.name}, unpunct": (bare_golds, _outcomes(bare, t)) for t in taggers}
    _overview("Beside the baselines", rows)


def _real_talk(pitches: Sequence[Pitch], tagger: ClauseTagger) -> None:
    print("\nBeside what only looks like it (talks of this part)")
    for row in kind_rows(pitches, tagger):
        share = "" if row.share is None else f"{row.share:8.3f}"
        print(f"{row.name:38}{row.hits:5} of {row.count:4}{share}")
    rambles = [p.text for p in pitches if p.kind == "offtopic" and len(p.text.split()) >= 600]
    for text in long_rows(rambles, tagger):
        print(text)
    print("\nTalk by real people in which nobody pitches (../shared, speakers not trained on)")
    for text in outside_rows([talk for talk in read_outside() if talk.in_dev], tagger):
        print(text)


def _outcomes(pitches: Sequence[Pitch], tagger: ClauseTagger) -> list[Outcome]:
    return [outcome(score_transcript(transcript(pitch), tagger)) for pitch in pitches]


def _criteria(title: str, golds: Sequence[Outcome], found: Sequence[Outcome], draws: int) -> None:
    f, bounds = figures(golds, found), intervals(golds, found, draws)
    print(f"\n{title}")
    print(f"{'criterion':22}{'n':>5}{'precision':>11}{'recall':>9}{'F1':>8}   95 % interval")
    for label, criterion in YES_NO.items():
        low, high = bounds[f"{label}.f1"]
        n = sum(criterion in g.met for g in golds)
        print(
            f"{criterion.value:22}{n:5}{f[f'{label}.p']:11.3f}{f[f'{label}.r']:9.3f}"
            f"{f[f'{label}.f1']:8.3f}   {low:.3f} to {high:.3f}"
        )
    for key, name in (
        ("macro_f1", "macro-F1"),
        ("ways.exact", "contributions exact"),
        ("ways.within1", "within one"),
        ("ways.3+", "3 or more"),
        ("verdict.contribution", "verdict contribution"),
        ("verdict.question", "verdict question"),
    ):
        low, high = bounds[key]
        print(f"{name:47}{f[key]:8.3f}   {low:.3f} to {high:.3f}")


def _overview(title: str, rows: Mapping[str, tuple[Sequence[Outcome], Sequence[Outcome]]]) -> None:
    print(f"\n{title}\n{'':38}{'n':>5}{'F1':>8}{'exact':>8}{'within1':>9}{'3+':>7}{'verdicts':>10}")
    for name, (golds, found) in rows.items():
        f = figures(golds, found)
        print(
            f"{name[:37]:38}{len(golds):5}{f['macro_f1']:8.3f}{f['ways.exact']:8.3f}"
            f"{f['ways.within1']:9.3f}{f['ways.3+']:7.3f}{f['verdicts']:10.3f}"
        )


def _slices(
    title: str,
    pitches: Sequence[Pitch],
    golds: Sequence[Outcome],
    found: Sequence[Outcome],
    key: Callable[[Pitch], str],
) -> None:
    """Pooled F1 over all criteria: in a small slice a criterion may not occur at all."""
    print(f"\n{title}\n{'':38}{'n':>5}{'pooled F1':>11}{'exact':>8}{'verdicts':>10}")
    for name in sorted({key(p) for p in pitches}):
        picks = [i for i, p in enumerate(pitches) if key(p) == name]
        some_golds, some_found = [golds[i] for i in picks], [found[i] for i in picks]
        f = figures(some_golds, some_found)
        hits = sum(len(g.met & s.met) for g, s in zip(some_golds, some_found, strict=True))
        total = sum(len(g.met) + len(s.met) for g, s in zip(some_golds, some_found, strict=True))
        print(
            f"{name[:37]:38}{len(picks):5}{2 * hits / total if total else 1.0:11.3f}"
            f"{f['ways.exact']:8.3f}{f['verdicts']:10.3f}"
        )


def _recogniser(pitch: Pitch) -> str:
    return "base" if "@base" in pitch.id else "tiny.en"


def _speed() -> None:
    before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    tagger = MinilmTagger()
    load_s = time.perf_counter() - began
    lines = (ROOT / "corpus/train/ada/trucking.txt").read_text(encoding="utf-8").splitlines()
    words = [w for text in lines if "|" in text for w in text.split("|")[1].split()]
    taken_s = []
    for first in range(20):  # each a talk of its own: the tagger remembers those it has read
        minute = text_transcript(" ".join(words[first : first + A_MINUTE]))
        began = time.process_time()
        score_transcript(minute, tagger)
        taken_s.append(time.process_time() - began)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before_mb
    print(
        f"Speed, one thread: load {load_s:.2f} s, {A_MINUTE} words "
        f"{1000 * np.median(taken_s):.0f} ms of processor time; "
        f"memory at most {peak_mb:.0f} MB more."
    )


if __name__ == "__main__":
    main()
