"""Asking: one question on a line, one paragraph below it."""

from __future__ import annotations

import click

from rehearse.cli.output import columns, fitted, report_width, say
from rehearse.preparing.saved_sheets import one_line
from rehearse.preparing.toml_file import LONGEST_TEXT
from rehearse.report.paragraph import paragraph


def say_indented(text: str, lead: str = "  ") -> None:
    """Print a paragraph as wide as a report, each line led by `lead`."""
    say(paragraph(text, lead, report_width()))


def asked_on_a_line(question: str, known: str) -> str:
    """The answer on one line; "" for -. Raises click.Abort for q."""
    if known:
        question += f" [{known}]"
    if (width := columns()) is not None:
        question = fitted(question, width)
    while True:
        answer = click.prompt(question, default=known, show_default=False, prompt_suffix=" ")
        answer = one_line(str(answer))
        if answer.lower() == "q":
            raise click.Abort
        if len(answer) <= LONGEST_TEXT:
            return "" if answer == "-" else answer
        say_indented(f"That is longer than {LONGEST_TEXT} characters. Say it shorter.")
