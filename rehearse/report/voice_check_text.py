"""Voice check text: what a voice check found."""

from __future__ import annotations

from rehearse.keeping.chosen_model import ChosenModel
from rehearse.rehearsing.voice_check import POOR, ModelResult, VoiceCheck
from rehearse.report.wording import number_of

LARGER_MODEL = " A larger model may help: rehearse check --voice --model small (downloads 484 MB)."


def check_lines(check: VoiceCheck, *, on_page: bool = False) -> list[str]:
    """What each model recognised, what that means, and what the recording shows. `on_page`: without
    commands for a terminal."""
    lines = [_understood(one) for one in check.results]
    best, slow = check.best, check.best_afterwards
    if best.error_rate > POOR and check.faults:
        lines.append(
            "That is too little to judge what you say. The recording shows why; change it and read "
            "again."
        )
    elif best.error_rate > POOR:
        lines.append(
            "No model on this computer knows your pronunciation well enough to judge what you say. "
            "That is its limit, not yours. You can type your side of the call, or correct the "
            "words after it." + ("" if on_page else LARGER_MODEL)
        )
    elif check.warned:
        lines.append(
            "In a call some of your words would be lost. "
            + (
                "The recording shows why; change it and read again."
                if check.faults
                else "They never count against you: the result says so, and you can correct them "
                "and have them scored again." + ("" if on_page or slow else LARGER_MODEL)
            )
        )
    if slow is not None:
        lines.append(
            f"{slow.name} understands more but is too slow here for a call. It listens again "
            "afterwards if words are doubtful."
        )
    return lines + list(check.faults)


def question(check: VoiceCheck) -> str:
    """The question whether to use the best model from now on."""
    return f"Use {check.best.name} from now on?"


def chosen(check: VoiceCheck, day: str) -> ChosenModel:
    """The best model, ready to be saved as the user's choice. `day`: a local date in ISO 8601."""
    return ChosenModel(check.best.name, day, check.best.right, check.best.words)


def _understood(one: ModelResult) -> str:
    speed = "" if one.keeps_up else ", and is too slow for a call on this computer"
    return f"{one.name} got {one.right} of {number_of(one.words, 'word')}{speed}."
