"""Outside speech: talk without a pitch, as negative examples.

Read from where it is, ../shared/data/outside/talk.jsonl or the file that REHEARSE_OUTSIDE_TALK
names, and never copied into the project. Sources and licences: docs/model-card.md.
"""

from __future__ import annotations

import collections
import dataclasses
import hashlib
import json
import os
import pathlib
import re
import sys

from training.corpus import LabelledClause, Pitch

USUAL_PLACE = pathlib.Path(__file__).parents[2] / "shared" / "data" / "outside" / "talk.jsonl"
UNSURE = frozenset({"past", "status"})
"""Such people do tell their past and ask for news: neither label is taught as absent."""
IGNORED_LETTER = "?"
DEV_SHARE = 3
"""One speaker in so many is kept for dev."""
_LEAST_WORDS, _MOST_WORDS = 5, 20
_PIECES = re.compile(r"(?<=[.,;?!])\s+")


@dataclasses.dataclass(frozen=True)
class OutsideTalk:
    """One piece of talk, 40 to 150 words. `source`: where it was published."""

    id: str
    source: str
    speaker: str
    text: str

    @property
    def in_dev(self) -> bool:
        """By speaker, so that nobody is in both parts."""
        digest = hashlib.sha256(f"{self.source}/{self.speaker}".encode()).digest()
        return digest[0] % DEV_SHARE == 0


def outside_file() -> pathlib.Path:
    """Exits with a sentence where the file is missing: training without it praises any talk."""
    path = pathlib.Path(os.environ.get("REHEARSE_OUTSIDE_TALK", USUAL_PLACE))
    if not path.is_file():
        sys.exit(
            f"Outside speech is missing: there is no file {path}. Name it with "
            "REHEARSE_OUTSIDE_TALK=FILE (docs/model-card.md says what it holds)."
        )
    return path


def read_outside() -> list[OutsideTalk]:
    """Every piece, in the order of the file."""
    rows = map(json.loads, outside_file().read_text(encoding="utf-8").splitlines())
    return [OutsideTalk(r["id"], r["source"], r["speaker"], r["text"]) for r in rows]


def as_pitch(talk: OutsideTalk) -> Pitch:
    """The piece as a talk of the corpus: no labels, those of UNSURE masked."""
    return Pitch(
        id=f"outside-{talk.id}",
        part="dev" if talk.in_dev else "train",
        writer=f"outside-{talk.source}",
        industry="outside",
        kind="offtopic",
        manner="",
        recital=False,
        clauses=tuple(
            LabelledClause(text, "C", IGNORED_LETTER, masked=UNSURE) for text in pieces(talk.text)
        ),
    )


def pieces(text: str) -> list[str]:
    """Cut at punctuation into clauses of 5 to 20 words; longer ones are cut by length."""
    found: list[str] = []
    waiting: list[str] = []
    for part in _PIECES.split(text):
        waiting += part.split()
        while len(waiting) > _MOST_WORDS:
            found.append(" ".join(waiting[:_MOST_WORDS]))
            waiting = waiting[_MOST_WORDS:]
        if len(waiting) >= _LEAST_WORDS:
            found.append(" ".join(waiting))
            waiting = []
    if waiting:
        found.append(" ".join(waiting))
    return found


def main() -> None:
    talks = read_outside()
    for part in (False, True):
        some = [talk for talk in talks if talk.in_dev is part]
        count = collections.Counter(talk.source for talk in some)
        words = sum(len(talk.text.split()) for talk in some)
        print("dev" if part else "train", len(some), "pieces,", words, "words", dict(count))


if __name__ == "__main__":
    main()
