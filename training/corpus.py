"""Corpus: reads and checks the labelled pitches in `corpus/`."""

from __future__ import annotations

import collections
import dataclasses
import pathlib
import re
import sys
from collections.abc import Iterator

LABELS = ("link", "way", "humble", "ask", "role", "choice", "status", "past")
KINDS = frozenset(
    {"strong", "partial", "adversarial", "recital", "status"}
    | {"terse", "voicemail", "followup", "offtopic"}
)
_TOKEN = re.compile(r"^(?:!?(?:link|way|humble|ask|role|choice|status|past)|way[1-9][0-9]?)$")


@dataclasses.dataclass(frozen=True)
class LabelledClause:
    """One line of a pitch: who speaks, the A/B letter, labels, near misses, numbers of the ways."""

    text: str
    speaker: str  # "C" candidate, "M" manager
    letter: str = "-"
    labels: frozenset[str] = frozenset()
    near_misses: frozenset[str] = frozenset()
    ways: frozenset[int] = frozenset()
    masked: frozenset[str] = frozenset()
    """Labels that may or may not apply: nothing is learned about them here."""


@dataclasses.dataclass(frozen=True)
class Pitch:
    """One labelled talk. `part`, `writer` and `industry` come from the path of its file."""

    id: str
    part: str
    writer: str
    industry: str
    kind: str
    manner: str
    recital: bool
    clauses: tuple[LabelledClause, ...]

    @property
    def text(self) -> str:
        return " ".join(clause.text for clause in self.clauses if clause.speaker == "C")

    @property
    def contributions(self) -> int:
        return len({way for clause in self.clauses for way in clause.ways})

    def has(self, label: str) -> bool:
        """Whether the pitch as a whole earns the label (`past` means: is a recital)."""
        if label == "past":
            return self.recital
        return any(label in clause.labels for clause in self.clauses)


class CorpusError(ValueError):
    """All problems in the files, one line each."""


def read_pitches(root: pathlib.Path) -> list[Pitch]:
    """All pitches under `root` in path order. Raises CorpusError with every problem."""
    faults: list[str] = []
    pitches: list[Pitch] = []
    for path in sorted(root.rglob("*.txt")):
        pitches.extend(_read_file(path, faults))
    seen = collections.Counter(pitch.id for pitch in pitches)
    faults.extend(f"{root}: id {pitch_id} used {n} times" for pitch_id, n in seen.items() if n > 1)
    if faults:
        raise CorpusError("\n".join(faults))
    return pitches


def _read_file(path: pathlib.Path, faults: list[str]) -> Iterator[Pitch]:
    part, writer = path.parts[-3], path.parts[-2]
    head: dict[str, str] = {}
    clauses: list[LabelledClause] = []
    first_line = 0

    def finish() -> Iterator[Pitch]:
        if not head:
            return
        where = f"{path}:{first_line}"
        if head.get("kind") not in KINDS:
            faults.append(
                f"{where}: kind {head.get('kind')!r} is not one of {', '.join(sorted(KINDS))}"
            )
        if head.get("recital") not in ("yes", "no"):
            faults.append(f"{where}: recital must be yes or no")
        recital = head.get("recital") == "yes"
        if recital and not any("past" in clause.labels for clause in clauses):
            faults.append(f"{where}: recital: yes, but no clause is labelled past")
        if not clauses:
            faults.append(f"{where}: no clauses")
        numbers = {way for clause in clauses for way in clause.ways}
        if numbers and numbers != set(range(1, max(numbers) + 1)):
            faults.append(
                f"{where}: ways must be numbered 1, 2, 3 without gaps, found {sorted(numbers)}"
            )
        yield Pitch(
            head["id"], part, writer, path.stem, head.get("kind", ""), head.get("manner", ""),
            recital, tuple(clauses),
        )  # fmt: skip

    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line:
            continue
        if line.startswith("= "):
            yield from finish()
            head, clauses, first_line = {"id": line[2:].strip()}, [], number
        elif "|" in line:
            clause = _read_clause(line, f"{path}:{number}", faults)
            if clause is not None:
                clauses.append(clause)
        elif ":" in line and head:
            key, _, value = line.partition(":")
            head[key.strip()] = value.strip()
        else:
            faults.append(f"{path}:{number}: neither header nor clause: {line[:60]!r}")
    yield from finish()


def _read_clause(line: str, where: str, faults: list[str]) -> LabelledClause | None:
    left, _, text = (part.strip() for part in line.partition("|"))
    if not text:
        faults.append(f"{where}: no words")
        return None
    if left == "M":
        return LabelledClause(text, "M")
    tokens = left.split()
    letter = "-"
    if tokens and tokens[0] in ("A", "B", "-"):
        letter, tokens = tokens[0], tokens[1:]
    tokens = [token for token in tokens if token != "-"]
    wrong = [token for token in tokens if not _TOKEN.match(token) or token == "way"]
    if wrong:
        faults.append(f"{where}: unknown label {' '.join(wrong)} (a way needs its number)")
    ways = frozenset(int(token[3:]) for token in tokens if re.match(r"way[1-9]", token))
    labels = {token for token in tokens if token in LABELS} | ({"way"} if ways else set())
    near = frozenset(token[1:] for token in tokens if token.startswith("!"))
    if labels & near:
        faults.append(f"{where}: {' '.join(sorted(labels & near))} both as label and as near miss")
    return LabelledClause(text, "C", letter, frozenset(labels), near, ways)


def main() -> int:
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "corpus")
    try:
        pitches = read_pitches(root)
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1
    writers = {pitch.writer for pitch in pitches}
    industries = {pitch.industry for pitch in pitches}
    clauses = [clause for pitch in pitches for clause in pitch.clauses]
    print(
        f"{len(pitches)} pitches, {len(clauses)} clauses, "
        f"{len(industries)} industries, {len(writers)} writers"
    )
    print(f"{'label':8}{'pitches':>9}{'clauses':>9}{'near misses':>13}")
    for label in LABELS:
        whole = sum(pitch.has(label) for pitch in pitches)
        having = sum(label in clause.labels for clause in clauses)
        near = sum(label in clause.near_misses for clause in clauses)
        print(f"{label:8}{whole:9}{having:9}{near:13}")
    print("kinds:", dict(collections.Counter(pitch.kind for pitch in pitches)))
    print(
        "ways a pitch:", dict(sorted(collections.Counter(p.contributions for p in pitches).items()))
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
