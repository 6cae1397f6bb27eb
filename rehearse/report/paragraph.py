"""Paragraph: text wrapped between words, behind a lead."""

from __future__ import annotations

import textwrap

WIDTH = 88
"""Characters a line, where nothing narrower is asked for."""
_NARROW_INDENT = 8


def paragraph(text: str, lead: str = "", width: int = WIDTH, *, hanging: int | None = None) -> str:
    """`text` behind `lead`, in lines of at most `width` characters. Words are never cut.

    `hanging`: the indent of the lines below the first; None: the width of the lead, or less on a
    narrow page.
    """
    indent = hanging
    if indent is None:
        indent = len(lead) if len(lead) <= width // 3 else _NARROW_INDENT
    return textwrap.fill(
        text,
        width,
        initial_indent=lead,
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def row(name: str, text: str, name_width: int, width: int = WIDTH) -> str:
    """A row of a table of names and texts; on a narrow page "name: text"."""
    lead = f"  {name:<{name_width}} "
    if len(lead) <= width // 3:
        return paragraph(text, lead, width)
    return paragraph(f"{name}: {text}", "  ", width, hanging=4)
