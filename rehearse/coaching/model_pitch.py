"""Model pitch: the user's own sheet put into the structure of the advice, to read once aloud.

It is a scaffold, not a script: whoever has heard it says it in words of their own.
"""

from __future__ import annotations

from rehearse.preparing.call_sheet import CallSheet, Way

QUESTION = "As the manager, how do you expect this job to contribute to the business?"
_ORDINALS = ("First", "Second", "Third")
_GAP = "…"
"""Stands for what the sheet does not say yet."""


def model_pitch(sheet: CallSheet) -> tuple[str, ...]:
    """One paragraph a step of the advice. What the sheet lacks is left open as "…"."""
    ways = sheet.ways[: len(_ORDINALS)]
    open_ways = (Way(_GAP, ""),) * (len(_ORDINALS) - len(ways))
    return (
        f"Hello{' ' + sheet.manager if sheet.manager else ''}, this is {_GAP} . "
        "Thank you for picking up; you said I could call.",
        f"I've been thinking about how {_job(sheet)} contributes to {_business(sheet)}. "
        "It's just one job, but every job affects the bottom line.",
        "I know your business only from outside, but if you hired me, I believe I could add to "
        "your success in three ways.",
        *(
            f"{ordinal}, {_way(way)}"
            for ordinal, way in zip(_ORDINALS, (*ways, *open_ways), strict=True)
        ),
        _sentence(sheet.question.strip() or QUESTION, end="?"),
        "It's important to me to know what role I'd play at that level.",
    )


def spoken(paragraph: str) -> str:
    """A paragraph as the voice reads it: what is still open is said as "mm"."""
    return paragraph.replace(_GAP, "mm")


def _job(sheet: CallSheet) -> str:
    job = sheet.job.strip()
    if not job:
        return "this job"
    return job if job.lower().startswith(("the ", "a ", "an ")) else f"the job of {job}"


def _business(sheet: CallSheet) -> str:
    return f"{sheet.company.strip()}'s business" if sheet.company.strip() else "your business"


def _way(way: Way) -> str:
    """ "cut the onboarding time" becomes "I would cut the onboarding time"."""
    action = way.action.strip().rstrip(".;,")
    if not action.lower().startswith(("i ", "i'", "we ", "by ", "my ")):
        action = f"I would {_lower(action)}"
    touches = way.touches.strip().rstrip(".;,")
    return _sentence(f"{action}; that touches {_lower(touches)}" if touches else action)


def _lower(text: str) -> str:
    """The first letter made small, unless the word is a name like SAP or I."""
    is_name = (len(text) > 1 and text[1].isupper()) or text.startswith(("I ", "I'"))
    return text if is_name or not text else text[0].lower() + text[1:]


def _sentence(text: str, end: str = ".") -> str:
    return text if text.endswith((".", "?", "!", _GAP)) else text + end
