"""Choose: settings and thresholds from cross-validated predictions.

Never on the test part. `python -m training.choose build/cv/*.npz` prints figures for each setting,
`--sweep` those of one file with each threshold moved; `--errors FILE` writes the talks that it gets
wrong.
"""

from __future__ import annotations

import argparse
import dataclasses
import pathlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from rehearse.scoring.decode import LABELS, Thresholds
from training.corpus import Pitch
from training.cross_validate import STEP, variants_of, written
from training.evaluate import score_all, show_errors
from training.measure import Outcome, figures, gold, line
from training.talks import outcome

Logits = Mapping[str, np.ndarray]


@dataclasses.dataclass(frozen=True)
class Talks:
    name: str
    pitches: list[Pitch]
    golds: list[Outcome]
    logits: list[np.ndarray]

    def figures(self, thresholds: Thresholds) -> dict[str, float]:
        cards = score_all(self.pitches, self.logits, thresholds)
        return figures(self.golds, [outcome(card) for card in cards])


def groups_of(logits: Logits) -> list[Talks]:
    """As written, without punctuation, as heard."""
    pitches = written()
    golds = {p.id: gold(p) for p in pitches}
    talks = variants_of(pitches)
    found = []
    for name in ("text", "bare", "heard"):
        ids = [i for i in logits if i in talks and _kind(i) == name]
        found.append(
            Talks(
                f"{name} ({len(ids)})",
                [talks[i] for i in ids],
                [golds[i.removesuffix("-bare").split("@")[0]] for i in ids],
                [logits[i].astype(np.float64) * STEP for i in ids],
            )
        )
    return found


def _kind(talk: str) -> str:
    return "heard" if "@" in talk else "bare" if talk.endswith("-bare") else "text"


def moved(base: Thresholds) -> Iterator[tuple[str, Thresholds]]:
    yield "as it is", base
    for value in (0.15, 0.2, 0.3, 0.35, 0.4, 0.5):
        yield f"new_way {value}", dataclasses.replace(base, new_way=value)
    for value in (0.0, 0.4, 1.2):
        yield f"start_bias {value}", dataclasses.replace(base, start_bias=value)
    for value in (0.08, 0.25, 0.4):
        yield f"agreement {value}", dataclasses.replace(base, agreement=value)
    for words in (0, 5, 11):
        yield f"shortest_way {words}", dataclasses.replace(base, shortest_way=words)
    for place, label in enumerate(LABELS):
        for value in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            labels = [*base.labels[:place], value, *base.labels[place + 1 :]]
            yield f"{label} {value}", dataclasses.replace(base, labels=tuple(labels))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    for path in options.files:
        with np.load(path) as saved:
            groups = groups_of({name: saved[name] for name in saved.files})
        if options.errors:
            text = groups[0]
            show_errors(
                text.pitches, text.golds, score_all(text.pitches, text.logits, Thresholds())
            )
            continue
        for name, thresholds in moved(Thresholds()) if options.sweep else [("", Thresholds())]:
            for talks in groups:
                print(line(f"{path.stem} {name} {talks.name}", talks.figures(thresholds)))


def of_writer(talks: Talks, thresholds: Thresholds) -> dict[str, dict[str, float]]:
    cards = score_all(talks.pitches, talks.logits, thresholds)
    found: dict[str, Sequence[int]] = {}
    for writer in sorted({p.writer for p in talks.pitches}):
        found[writer] = [i for i, p in enumerate(talks.pitches) if p.writer == writer]
    return {
        writer: figures([talks.golds[i] for i in some], [outcome(cards[i]) for i in some])
        for writer, some in found.items()
    }


if __name__ == "__main__":
    main()
