"""First evening: five steps to a first call, remembered."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rehearse.errors import RehearseError


class Step(enum.StrEnum):
    """The steps in their order."""

    HEAR = "hear"
    WAYS = "ways"
    QUESTION = "question"
    FRIENDLY = "friendly"
    BUSY = "busy"


@dataclass(frozen=True)
class Task:
    """What a step asks for, and about how many minutes it takes."""

    title: str
    why: str
    minutes: int


TASKS = {
    Step.HEAR: Task(
        "Hear a good call, and a bad one",
        "Two voices, the words marked as they are spoken, and what each of them does.",
        3,
    ),
    Step.WAYS: Task(
        "Find your three ways",
        "Small questions help, and each way is judged as you type it.",
        10,
    ),
    Step.QUESTION: Task(
        "Practise the question by itself", "Twenty seconds a round: ask it, then stop.", 3
    ),
    Step.FRIENDLY: Task(
        "Call a friendly manager", "The whole call, with somebody who has time for you.", 4
    ),
    Step.BUSY: Task("Call a busy manager", "The same call with less than a minute for it.", 3),
}


@dataclass(frozen=True)
class FirstEvening:
    """Which steps were done or skipped."""

    done: frozenset[Step] = frozenset()
    skipped: frozenset[Step] = frozenset()

    @property
    def next_step(self) -> Step | None:
        """The first step that is neither done nor skipped; None when the evening is over."""
        return next((step for step in Step if step not in self.done | self.skipped), None)

    def with_done(self, steps: Iterable[Step]) -> FirstEvening:
        done = self.done | frozenset(steps)
        return FirstEvening(done, self.skipped - done)


def done_by_calls(scenarios: Iterable[str]) -> frozenset[Step]:
    """The steps that rehearsals prove, by the scenarios of past calls."""
    held = set(scenarios)
    return frozenset(step for step in (Step.FRIENDLY, Step.BUSY) if step.value in held)


@dataclass(frozen=True)
class FirstEveningFile:
    """The saved steps under `home`."""

    home: Path

    @property
    def path(self) -> Path:
        return self.home / "first-evening.json"

    def load(self) -> FirstEvening:
        """The saved steps; none if the file is missing or damaged."""
        try:
            if self.path.is_symlink():
                return FirstEvening()
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            return FirstEvening(_steps(kept["done"]), _steps(kept["skipped"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return FirstEvening()

    def save(self, evening: FirstEvening) -> None:
        """Raises RehearseError."""
        kept = {"done": sorted(evening.done), "skipped": sorted(evening.skipped)}
        new = self.path.with_suffix(".new")
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            new.write_text(json.dumps(kept) + "\n", encoding="utf-8")
            new.replace(self.path)
        except OSError as error:
            raise RehearseError(
                f"{self.path} cannot be written: {error.strerror}.",
                "Choose another folder with --home or REHEARSE_HOME, or free some space.",
            ) from error

    def remember(self, step: Step, *, skipped: bool = False) -> FirstEvening:
        """Save the step as done, or as skipped if it is not done yet."""
        known = self.load()
        if step in known.done or (skipped and step in known.skipped):
            return known
        if skipped:
            changed = FirstEvening(known.done, known.skipped | {step})
        else:
            changed = known.with_done([step])
        self.save(changed)
        return changed


def _steps(names: Iterable[str]) -> frozenset[Step]:
    return frozenset(Step(name) for name in names if name in tuple(Step))
