"""Class run: scores what is new, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from rehearse.keeping.class_results import ClassResult, ClassResults
from rehearse.rehearsing.class_plan import Entry, content_sha256
from rehearse.rehearsing.class_scoring import Identity, Outcome, Runner, Task, result_key


@dataclass(frozen=True)
class KeyedEntry:
    """`key` is empty where the file cannot be read; `problem` says why."""

    entry: Entry
    sha256: str = ""
    key: str = ""
    problem: str = ""


@dataclass
class ClassRun:
    """The state of a run. `failed`: what is wrong, by key."""

    entries: Sequence[KeyedEntry]
    identity: Identity
    failed: dict[str, str] = field(default_factory=dict)

    def to_do(self, results: ClassResults) -> list[Task]:
        """One task for each result that is missing or cannot be read; copies share a task."""
        tasks: dict[str, Task] = {}
        for one in self.entries:
            if one.key and one.key not in tasks and results.load(one.key) is None:
                tasks[one.key] = Task(
                    one.key, one.entry.path, one.sha256, one.entry.sheet, self.identity
                )
        return list(tasks.values())

    def score(
        self,
        tasks: Sequence[Task],
        runner: Runner,
        results: ClassResults,
        on_done: Callable[[Outcome], None],
    ) -> None:
        """Save each result as it comes; the next run tries failed ones again."""
        for outcome in runner.run(tasks):
            if outcome.result is None:
                self.failed[outcome.key] = f"{outcome.problem} {outcome.remedy}"
            else:
                results.save(outcome.key, outcome.result)
            on_done(outcome)

    def lines(self, results: ClassResults) -> Iterator[ScoredEntry]:
        """Yield every entry that has a result or an error, in the order of the plan."""
        for one in self.entries:
            problem = one.problem or self.failed.get(one.key, "")
            result = None if problem else results.load(one.key)
            if problem or result is not None:
                yield ScoredEntry(one, result, problem)


@dataclass(frozen=True)
class ScoredEntry:
    """`result` is None exactly if `problem` says why."""

    keyed: KeyedEntry
    result: ClassResult | None
    problem: str


def keyed(
    entries: Sequence[Entry], identity: Identity, on_read: Callable[[], None]
) -> list[KeyedEntry]:
    """Read every file once, to compute the key of its result."""
    found = []
    for entry in entries:
        try:
            sha256 = content_sha256(entry.path)
        except FileNotFoundError:
            found.append(KeyedEntry(entry, problem="There is no such file. Check its name."))
        except OSError as error:
            problem = f"The file cannot be read: {error.strerror}. Check its name and run again."
            found.append(KeyedEntry(entry, problem=problem))
        else:
            key = result_key(sha256, entry.file, entry.sheet, identity)
            found.append(KeyedEntry(entry, sha256, key))
        on_read()
    return found
