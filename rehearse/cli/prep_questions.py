"""PrepQuestions: the preparation coach in the terminal.

It asks one question at a time and saves every answer at once.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Any

import click

from rehearse import wiring
from rehearse.cli.as_started import as_started
from rehearse.cli.asking import asked_on_a_line, say_indented
from rehearse.cli.output import complain, say
from rehearse.cli.way_questions import WayQuestions, show_judged
from rehearse.cli.written_sheet import WrittenSheet
from rehearse.errors import RehearseError
from rehearse.preparing.ad_heading import ad_heading
from rehearse.preparing.first_evening import FirstEveningFile, Step
from rehearse.preparing.job_ad import findings
from rehearse.preparing.not_a_way import declined_phone, declined_question, is_unknown, is_yes
from rehearse.preparing.saved_sheets import Sheets
from rehearse.report import sheet_questions as words

_NOT_YET_THE_DEFAULT = "A call takes this sheet once it has a way."


class PrepQuestions:
    """Asks for a sheet, or for what a sheet still lacks. Ctrl-C stops; the answers stay."""

    def __init__(self, sheets: Sheets, name: str | None, ad: Path | None) -> None:
        """Raises RehearseError for an invalid name, a damaged sheet or an unreadable ad."""
        self._sheets = sheets
        self._written = WrittenSheet(sheets, name, wiring.read_job_ad(ad) if ad is not None else "")

    def ask(self) -> None:
        """Ask all questions, then show the state of the sheet. Raises RehearseError, first of all
        if nothing can be saved."""
        self._sheets.check_writable()
        say(f"{words.INTRODUCTION}\nEnter keeps what is in [brackets], - clears it, q stops.\n")
        try:
            self._ask_all()
        except click.Abort:
            self._stopped()
            sys.exit(130)
        self._finish()

    def _ask_all(self) -> None:
        self._ask_for_ad()
        self._text("company", words.COMPANY)
        self._text("manager", words.MANAGER)
        self._text("job", words.JOB)
        self._text("phone", words.PHONE)
        self._text("business", words.BUSINESS)
        self._show_ad()
        say(f"\n{words.WAYS}")
        say_indented(
            "For each, one sentence: I would ... so that ... Press Enter for five small questions "
            "that help to find it, ? for examples."
        )
        ways = WayQuestions(self._written)
        for index in range(self._written.open_slots()):
            ways.ask(index)
        self._ask_question()

    def _text(self, field: str, question: str) -> None:
        known = getattr(self._written.sheet, field) or ad_heading(self._written.ad).get(field, "")
        answer = asked_on_a_line(question, known)
        if answer and is_unknown(answer):
            say_indented("Left open.")
            answer = ""
        while field == "phone" and answer and (cannot := declined_phone(answer)) is not None:
            say_indented(cannot.text)
            answer = asked_on_a_line(question, "")
        changed: Any = {field: answer}
        self._written.keep(dataclasses.replace(self._written.sheet, **changed))

    def _ask_for_ad(self) -> None:
        if not self._written.ad:
            answer = asked_on_a_line(
                "A job ad or notes? Name a file (text, HTML, PDF), or press Enter.", ""
            )
            while answer:
                try:
                    self._written.ad = wiring.read_job_ad(Path(answer.strip("'\"")).expanduser())
                    break
                except RehearseError as error:
                    say_indented(f"{error.problem} {error.remedy}")
                    answer = asked_on_a_line("Another file, or Enter to go on without.", "")

    def _show_ad(self) -> None:
        if not self._written.ad:
            return
        self._written.keep(self._written.sheet)
        found = findings(self._written.ad)
        if not found:
            say_indented("The text names no duties, figures or problems that can be quoted.")
            return
        say(f"\n{words.THEIR_WORDS}, to start from:")
        for sign, title in words.SIGNS.items():
            quotes = [one.quote for one in found if one.sign is sign]
            if quotes:
                say(f"  {title}")
            for quote in quotes:
                say_indented(f"“{quote}”", "    ")

    def _ask_question(self) -> None:
        say()
        known = words.question_to_offer(self._written.sheet)
        while True:
            typed = asked_on_a_line(words.QUESTION, known)
            typed = known if is_yes(typed) else typed
            if typed and (cannot := declined_question(typed)) is not None:
                say_indented(cannot.text)
                continue
            self._written.keep(dataclasses.replace(self._written.sheet, question=typed))
            judged = self._written.judged().question
            show_judged(judged)
            if judged.counts or typed == known:
                return
            known = typed
            say_indented("Say it again, or press Enter to keep it as it is.")

    def _finish(self) -> None:
        if self._written.sheet.is_empty:
            raise RehearseError(
                "There is nothing to keep yet.",
                "Start with the company, or with one way: rehearse prep",
            )
        self._written.keep_under_a_name()
        name = self._written.name
        assert name is not None
        judged = self._written.judged()
        say(f"\n{words.standing(judged)}")
        for place, way in enumerate(judged.ways):
            if not way.counts or way.rule == "counts_beside_others":
                say_indented(f"{words.ordinal(place)} way: {way.text}")
        say(f"Kept as {name} in {self._sheets.path(name)}.")
        if judged.is_ready:
            FirstEveningFile(self._sheets.home).remember(Step.WAYS)
            say(as_started("Practise it: rehearse call"))
        else:
            step = words.next_step(self._written.sheet, judged)
            go_on = as_started(f"Go on: rehearse prep {name}")
            say(f"{step} {go_on}" if step else go_on)
            if not self._written.sheet.ways:
                say(as_started(_NOT_YET_THE_DEFAULT))

    def _stopped(self) -> None:
        say()
        self._written.keep_under_a_name()
        if self._written.name is None or self._written.sheet.is_empty:
            complain("Stopped. Nothing was written yet.")
        else:
            complain(f"Stopped. Kept so far; go on: rehearse prep {self._written.name}")
            if not self._written.sheet.ways:
                complain(_NOT_YET_THE_DEFAULT)
