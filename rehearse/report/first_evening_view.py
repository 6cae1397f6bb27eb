"""First evening view: the steps, their state and next command."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.preparing.first_evening import TASKS, FirstEvening, Step

WHERE = {
    Step.HEAR: "/first-evening/good",
    Step.WAYS: "/new-sheet",
    Step.QUESTION: "/drill/question",
    Step.FRIENDLY: "/call/friendly",
    Step.BUSY: "/call/busy",
}
"""The page of each step; a form starts the steps that are calls."""
ARGUMENTS = {
    Step.HEAR: (("first-evening", "--hear", "good"), ("first-evening", "--hear", "bad")),
    Step.WAYS: (("prep",),),
    Step.QUESTION: (("drill", "question"),),
    Step.FRIENDLY: (("call",),),
    Step.BUSY: (("call", "--scenario", "busy"),),
}
"""The commands of each step, without the program's name."""
PLAYS = frozenset(Step) - {Step.WAYS}
"""The steps that play sound, unless --no-sound is given."""
CALLS = frozenset({Step.FRIENDLY, Step.BUSY})
CAN_BE_TYPED = CALLS | {Step.QUESTION}
"""The steps in which the person speaks, or types instead."""
COMMANDS = {step: " ".join(("rehearse", *commands[0])) for step, commands in ARGUMENTS.items()}
"""The first command of each step, as a person types it."""
TITLE = "Your first evening"
LEAD = "From nothing to a call with a busy manager, in about twenty minutes."


@dataclass(frozen=True)
class StepView:
    """`state`: done, skipped, next or later. `scenario`: whom a step calls, "" for no call."""

    number: int
    key: str
    title: str
    why: str
    minutes: int
    state: str
    page: str
    scenario: str
    command: str


def step_views(evening: FirstEvening) -> tuple[StepView, ...]:
    """All steps in their order."""
    return tuple(
        StepView(
            number,
            step.value,
            TASKS[step].title,
            TASKS[step].why,
            TASKS[step].minutes,
            _state(step, evening),
            WHERE[step],
            step.value if step in CALLS else "",
            COMMANDS[step],
        )
        for number, step in enumerate(Step, start=1)
    )


def _state(step: Step, evening: FirstEvening) -> str:
    if step in evening.done:
        return "done"
    if step in evening.skipped:
        return "skipped"
    return "next" if step is evening.next_step else "later"


def evening_text(evening: FirstEvening) -> str:
    """The steps as the terminal prints them."""
    signs = {"done": "[x]", "skipped": "[-]", "next": "[ ]", "later": "[ ]"}
    lines = [f"{TITLE}: {LEAD}"]
    for view in step_views(evening):
        lines.append(f"  {signs[view.state]} {view.number}. {view.title} ({view.minutes} min)")
        if view.state == "next":
            lines.append(f"         {view.command}")
    return "\n".join(lines)


def next_line(evening: FirstEvening) -> str:
    """The next step in one line; "" when the evening is over."""
    step = evening.next_step
    if step is None:
        return ""
    number = tuple(Step).index(step) + 1
    return f"First evening, step {number} of {len(Step)}: {TASKS[step].title}: {COMMANDS[step]}"
