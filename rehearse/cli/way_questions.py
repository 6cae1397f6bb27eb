"""Way questions: one way, asked for in the terminal."""

from __future__ import annotations

import dataclasses

from rehearse import wiring
from rehearse.cli.as_started import as_started
from rehearse.cli.asking import asked_on_a_line, say_indented
from rehearse.cli.output import say
from rehearse.cli.written_sheet import WrittenSheet
from rehearse.coaching.doing import hears_work, no_way
from rehearse.coaching.sheet_judgement import Judged
from rehearse.preparing.call_sheet import Draft
from rehearse.preparing.draft_way import asked_otherwise, draft_sentence, still_missing
from rehearse.preparing.five_questions import QUESTIONS
from rehearse.preparing.job_ad import QUESTION_OF, findings
from rehearse.preparing.not_a_way import declined, is_no_answer, is_yes
from rehearse.preparing.way_slot import GAP, WaySlot
from rehearse.preparing.worked_examples import nearest
from rehearse.report import sheet_questions as words
from rehearse.report.sheet_help import anchors, example_text

EXAMPLES_AT_ONCE = 3
_AGAIN_OR_FIVE = "Say it in other words, or press Enter for five small questions."
_AGAIN_OR_LATER = "Say it in your own words, or press Enter to come back to it later."


class WayQuestions:
    """Asks for one way after the other, with the five small questions where one is hard to find."""

    def __init__(self, written: WrittenSheet) -> None:
        self._written = written
        self._examples_shown = 0

    def ask(self, index: int) -> None:
        """Ask for one way: its sentence, with the five questions if it is hard to find.

        The sentence made from the answers is offered in brackets. It is on the sheet only once the
        person takes it; who declines it keeps their own words and the answers.
        """
        name = f"{words.ordinal(index)} way"
        known_words = self._written.slots[index].words
        drafted = ""
        offered = asked = may_leave = False
        while True:
            typed = asked_on_a_line(f"\n{name}:", drafted or known_words)
            if drafted and is_yes(typed):
                typed = drafted
            if drafted and is_no_answer(typed) and typed != "?":
                drafted, may_leave = "", True
                say_indented(f"Left out; your answers stay. {_AGAIN_OR_LATER}")
                continue
            if typed == "?":
                self._show_examples()
                continue
            answers = self._written.slots[index].answers
            if offered and not asked and typed == known_words:
                asked = True
                drafted = self._ask_five(index)
                continue
            if not typed or is_no_answer(typed):
                if typed:
                    say_indented(_why_declined(typed))
                elif may_leave:
                    return
                if typed or known_words:
                    self._written.keep_slot(index, WaySlot("", answers))
                asked = True
                drafted = self._ask_five(index)
                slot = self._written.slots[index]
                known_words = slot.words if slot.is_way else ""
                if not (drafted or known_words):
                    if not any(slot.answers):
                        return
                    may_leave = True
                continue
            if (cannot := no_way(typed, self._written.tagger)) is not None:
                self._written.keep_slot(index, WaySlot(typed, answers, held_back=True))
                say_indented(cannot.text)
                say_indented(_AGAIN_OR_LATER if asked else _AGAIN_OR_FIVE)
                known_words = drafted = ""
                may_leave = asked
                continue
            place = self._written.keep_slot(index, WaySlot(typed, answers))
            if place is None:
                say_indented(still_missing(Draft(typed, answers)))
                return
            judged = self._written.judged().ways[place]
            show_judged(judged)
            if judged.counts or (asked and typed == (drafted or known_words)):
                return
            known_words, drafted = typed, ""
            offered = True
            enter = "keep it as it is" if asked else "let five small questions help"
            say_indented(f"Say it again, or press Enter to {enter}.")

    def _show_examples(self) -> None:
        found = nearest(
            anchors(self._written.sheet.job, self._written.ad),
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
        to be edited; "" where they hold no doing, which is then asked for in other words."""
        say_indented("Five small questions; five words are enough, and Enter skips one.")
        found = findings(self._written.ad)
        slot = self._written.slots[index]
        answers = list(slot.answers) + [""] * (len(QUESTIONS) - len(slot.answers))
        for place, question in enumerate(QUESTIONS):
            for quote in [one.quote for one in found if QUESTION_OF[one.sign] == question.key][:2]:
                say_indented(f"They write: “{quote}”", "    ")
            prompt = f"  {question.text} (such as: {question.example})"
            answer = asked_on_a_line(prompt, answers[place])
            answers[place] = "" if is_no_answer(answer) else answer
            self._written.keep_slot(index, dataclasses.replace(slot, answers=tuple(answers)))
        draft = draft_sentence(answers, lambda told: hears_work(told, self._written.tagger))
        if draft and GAP not in draft:
            say_indented("From your answers. Press Enter to take it, type no, or say it better:")
            return draft
        if any(answers):
            say_indented(f"{asked_otherwise(answers)} Or press Enter to come back to it later.")
        else:
            say_indented("Nothing to draft from yet. You can come back to this way at any time.")
        return ""


def _why_declined(typed: str) -> str:
    cannot = declined(typed)
    assert cannot is not None
    return cannot.text


def show_judged(judged: Judged) -> None:
    """Print the line on a way or the question."""
    say_indented(f"{'✓' if judged.counts else '–'} {judged.text}")
