"""PrepQuestions: the preparation coach in the terminal.

It asks one question at a time and saves every answer at once.
"""

from __future__ import annotations

import dataclasses
import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rehearse import wiring
from rehearse.cli.as_started import as_started
from rehearse.cli.asking import asked_on_a_line, say_indented
from rehearse.cli.output import complain, say
from rehearse.coaching.sheet_judgement import Judged, SheetJudgement, judge_sheet
from rehearse.errors import RehearseError
from rehearse.preparing.ad_heading import ad_heading
from rehearse.preparing.call_sheet import CallSheet, Draft
from rehearse.preparing.draft_way import draft_sentence, still_missing
from rehearse.preparing.first_evening import FirstEveningFile, Step
from rehearse.preparing.five_questions import QUESTIONS
from rehearse.preparing.job_ad import QUESTION_OF, findings
from rehearse.preparing.not_a_way import (
    declined,
    declined_phone,
    declined_question,
    is_no_answer,
    is_unknown,
    is_yes,
)
from rehearse.preparing.saved_sheets import Sheets, name_for
from rehearse.preparing.way_slot import WaySlot, slots_of, with_slots
from rehearse.preparing.worked_examples import nearest
from rehearse.report import sheet_questions as words
from rehearse.report.sheet_help import anchors, example_text

if TYPE_CHECKING:
    from rehearse.scoring.clauses import ClauseTagger

EXAMPLES_AT_ONCE = 3


class PrepQuestions:
    """Asks for a sheet, or for what a sheet still lacks. Ctrl-C stops; the answers stay."""

    def __init__(self, sheets: Sheets, name: str | None, ad: Path | None) -> None:
        """Raises RehearseError for an invalid name, a damaged sheet or an unreadable ad."""
        self._sheets = sheets
        self._name = name
        self._ad = wiring.read_job_ad(ad) if ad is not None else ""
        self._sheet = CallSheet()
        self._slots = list(slots_of(self._sheet))
        self._examples_shown = 0
        if name is not None:
            sheets.path(name)
            self._open(name)

    def ask(self) -> None:
        """Ask all questions, then show the state of the sheet."""
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
        self._slots = list(slots_of(self._sheet))
        for index in range(len(self._slots)):
            self._ask_way(index)
        self._ask_question()

    def _text(self, field: str, question: str) -> None:
        known = getattr(self._sheet, field) or ad_heading(self._ad).get(field, "")
        answer = asked_on_a_line(question, known)
        if answer and is_unknown(answer):
            say_indented("Left open.")
            answer = ""
        while field == "phone" and answer and (cannot := declined_phone(answer)) is not None:
            say_indented(cannot.text)
            answer = asked_on_a_line(question, "")
        changed: Any = {field: answer}
        self._keep(dataclasses.replace(self._sheet, **changed))

    def _ask_for_ad(self) -> None:
        if not self._ad:
            answer = asked_on_a_line(
                "A job ad or notes? Name a file (text, HTML, PDF), or press Enter.", ""
            )
            while answer:
                try:
                    self._ad = wiring.read_job_ad(Path(answer.strip("'\"")).expanduser())
                    break
                except RehearseError as error:
                    say_indented(f"{error.problem} {error.remedy}")
                    answer = asked_on_a_line("Another file, or Enter to go on without.", "")

    def _show_ad(self) -> None:
        if not self._ad:
            return
        self._keep(self._sheet)
        found = findings(self._ad)
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

    def _ask_way(self, index: int) -> None:
        """Ask for one way: its sentence, with the five questions if it is hard to find.

        The sentence made from the answers is offered in brackets. It is on the sheet only once the
        person takes it; who declines it keeps their own words and the answers.
        """
        name = f"{words.ordinal(index)} way"
        known_words = self._slots[index].words
        drafted = ""
        offered = asked = refused = False
        while True:
            typed = asked_on_a_line(f"\n{name}:", drafted or known_words)
            if drafted and is_yes(typed):
                typed = drafted
            if drafted and is_no_answer(typed) and typed != "?":
                drafted, refused = "", True
                say_indented(
                    "Left out; your answers stay. Say it in your own words, or press Enter to come "
                    "back to it later."
                )
                continue
            if typed == "?":
                self._show_examples()
                continue
            answers = self._slots[index].answers
            if offered and not asked and typed == known_words:
                asked = True
                drafted = self._ask_five(index)
                continue
            if not typed or declined(typed) is not None:
                if typed:
                    say_indented(_why_declined(typed))
                    kept = "" if is_no_answer(typed) else typed
                    self._keep_slot(index, WaySlot(kept, answers))
                elif refused:
                    return
                elif known_words:
                    self._keep_slot(index, WaySlot("", answers))
                asked = True
                drafted = self._ask_five(index)
                known_words = self._slots[index].words if self._slots[index].is_way else ""
                if not (drafted or known_words):
                    return
                continue
            place = self._keep_slot(index, WaySlot(typed, answers))
            if place is None:
                say_indented(still_missing(Draft(typed, answers)))
                return
            judged = self._judge().ways[place]
            _show(judged)
            if judged.counts or (asked and typed == (drafted or known_words)):
                return
            known_words, drafted = typed, ""
            offered = True
            enter = "keep it as it is" if asked else "let five small questions help"
            say_indented(f"Say it again, or press Enter to {enter}.")

    def _show_examples(self) -> None:
        found = nearest(
            anchors(self._sheet.job, self._ad),
            wiring.load_embedder(),
            wiring.load_example_vectors(),
        )
        start = self._examples_shown % len(found)
        self._examples_shown += EXAMPLES_AT_ONCE
        for example in found[start : start + EXAMPLES_AT_ONCE]:
            say(example_text(example))
        say_indented(
            as_started("More of them: ? again. By trade or job: rehearse prep --examples WORDS")
        )

    def _ask_five(self, index: int) -> str:
        """Ask the five small questions and save the answers. Returns the sentence that they make,
        to be edited; "" for none."""
        say_indented("Five small questions; five words are enough, and Enter skips one.")
        found = findings(self._ad)
        slot = self._slots[index]
        answers = list(slot.answers) + [""] * (len(QUESTIONS) - len(slot.answers))
        for place, question in enumerate(QUESTIONS):
            for quote in [one.quote for one in found if QUESTION_OF[one.sign] == question.key][:2]:
                say_indented(f"They write: “{quote}”", "    ")
            prompt = f"  {question.text} (such as: {question.example})"
            answer = asked_on_a_line(prompt, answers[place])
            answers[place] = "" if is_no_answer(answer) else answer
            self._keep_slot(index, WaySlot(slot.words, tuple(answers)))
        draft = draft_sentence(answers)
        if draft:
            say_indented("From your answers. Press Enter to take it, type no, or say it better:")
        else:
            say_indented("Nothing to draft from yet. You can come back to this way at any time.")
        return draft

    def _ask_question(self) -> None:
        say()
        known = words.question_to_offer(self._sheet)
        while True:
            typed = asked_on_a_line(words.QUESTION, known)
            typed = known if is_yes(typed) else typed
            if typed and (cannot := declined_question(typed)) is not None:
                say_indented(cannot.text)
                continue
            self._keep(dataclasses.replace(self._sheet, question=typed))
            judged = self._judge().question
            _show(judged)
            if judged.counts or typed == known:
                return
            known = typed
            say_indented("Say it again, or press Enter to keep it as it is.")

    def _keep_slot(self, index: int, slot: WaySlot) -> int | None:
        """Save the way. Returns its index among the ways of the sheet, None for a draft."""
        self._slots[index] = slot
        self._keep(with_slots(self._sheet, self._slots))
        return sum(one.is_way for one in self._slots[:index]) if slot.is_way else None

    def _open(self, name: str) -> None:
        if name in self._sheets.names():
            self._sheet = self._sheets.load(name)
            self._ad = self._ad or self._sheets.ad(name)

    def _keep(self, sheet: CallSheet) -> None:
        self._sheet = sheet
        if self._name is None and sheet.company:
            self._name = name_for(sheet)
            known = sheet.company
            self._open(self._name)
            self._sheet = dataclasses.replace(self._sheet, company=known)
        if self._name is None or self._sheet.is_empty:
            return
        self._sheets.save(self._name, self._sheet)
        if self._ad:
            self._sheets.keep_ad(self._name, self._ad)

    def _finish(self) -> None:
        if self._sheet.is_empty:
            raise RehearseError(
                "There is nothing to keep yet.",
                "Start with the company, or with one way: rehearse prep",
            )
        if self._name is None:
            self._name = self._sheets.free_name(name_for(self._sheet))
            self._keep(self._sheet)
        judged = self._judge()
        say(f"\n{words.standing(judged)}")
        for place, way in enumerate(judged.ways):
            if not way.counts or way.rule == "counts_beside_others":
                say_indented(f"{words.ordinal(place)} way: {way.text}")
        say(f"Kept as {self._name} in {self._sheets.path(self._name)}.")
        if judged.is_ready:
            FirstEveningFile(self._sheets.home).remember(Step.WAYS)
            say(as_started("Practise it: rehearse call"))
        else:
            step = words.next_step(self._sheet, judged)
            go_on = as_started(f"Go on: rehearse prep {self._name}")
            say(f"{step} {go_on}" if step else go_on)

    def _stopped(self) -> None:
        say()
        if self._name is None and not self._sheet.is_empty:
            self._name = self._sheets.free_name(name_for(self._sheet))
            self._keep(self._sheet)
        if self._name is None or self._sheet.is_empty:
            complain("Stopped. Nothing was written yet.")
        else:
            complain(f"Stopped. Kept so far; go on: rehearse prep {self._name}")

    def _judge(self) -> SheetJudgement:
        return judge_sheet(self._sheet, self._tagger)

    @functools.cached_property
    def _tagger(self) -> ClauseTagger:
        return wiring.load_tagger()


def _why_declined(typed: str) -> str:
    cannot = declined(typed)
    assert cannot is not None
    return cannot.text


def _show(judged: Judged) -> None:
    say_indented(f"{'✓' if judged.counts else '–'} {judged.text}")
