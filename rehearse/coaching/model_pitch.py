"""Model pitch: the call sheet as a pitch.

It is a scaffold, not a script. It says only what is on the sheet and does not announce a missing
way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rehearse.preparing.call_sheet import CallSheet
from rehearse.preparing.way_sentence import way_sentence

QUESTION = "As the manager, how do you expect this job to contribute to the business?"
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth")
_COUNTS = ("", "", "two ", "three ", "four ", "five ")


@dataclass(frozen=True)
class Paragraph:
    """One step of the pitch. `way` is the index on the sheet of the way that it says."""

    text: str
    way: int | None = None
    is_question: bool = False


def model_pitch(sheet: CallSheet) -> tuple[str, ...]:
    """One paragraph for each step of the advice that the sheet can fill."""
    return tuple(paragraph.text for paragraph in pitch_paragraphs(sheet))


def pitch_paragraphs(sheet: CallSheet) -> tuple[Paragraph, ...]:
    """The pitch in paragraphs, each with the part of the sheet that it says."""
    return tuple(_paragraphs(sheet))


def _paragraphs(sheet: CallSheet) -> Iterator[Paragraph]:
    yield Paragraph(
        f"Hello{' ' + sheet.manager.strip() if sheet.manager.strip() else ''}. "
        "Thank you for picking up; you said I could call."
    )
    yield Paragraph(
        f"I've been thinking about how {_job(sheet)} contributes to {_business(sheet)}. "
        "It's just one job, but every job affects the bottom line."
    )
    ways = sheet.ways[: len(_ORDINALS)]
    if ways:
        yield Paragraph(
            "I know your business only from outside, but if you hired me, I believe I could add to "
            f"your success{' in ' + _COUNTS[len(ways)] + 'ways' if len(ways) > 1 else ''}."
        )
    for index, way in enumerate(ways):
        counted = f"{_ORDINALS[index]}, " if len(ways) > 1 else ""
        yield Paragraph(_sentence(counted + way_sentence(way)), way=index)
    yield Paragraph(_sentence(sheet.question.strip() or QUESTION, end="?"), is_question=True)
    yield Paragraph("It's important to me to know what role I'd play at that level.")


def _job(sheet: CallSheet) -> str:
    job = sheet.job.strip()
    if not job:
        return "this job"
    return job if job.lower().startswith(("the ", "a ", "an ")) else f"the job of {job}"


def _business(sheet: CallSheet) -> str:
    return f"{sheet.company.strip()}'s business" if sheet.company.strip() else "your business"


def _sentence(text: str, end: str = ".") -> str:
    return text if text.endswith((".", "?", "!")) else text + end
