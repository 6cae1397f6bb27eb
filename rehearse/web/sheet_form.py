"""SheetForm: the answers on a sheet's page, as typed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData, UploadFile

from rehearse import wiring
from rehearse.coaching.doing import hears_work, held_back
from rehearse.preparing.ad_heading import ad_heading
from rehearse.preparing.call_sheet import CallSheet
from rehearse.preparing.draft_way import draft_sentence
from rehearse.preparing.five_questions import QUESTIONS
from rehearse.preparing.not_a_way import declined_phone, declined_question, is_unknown
from rehearse.preparing.saved_sheets import one_line
from rehearse.preparing.way_slot import WaySlot, with_slots
from rehearse.scoring.clauses import ClauseTagger
from rehearse.web.forms import text_field

_TEXTS = ("manager", "company", "job", "business", "phone", "question")
LONGEST_PASTED = 400_000
"""In characters: people paste HTML pages with all their markup."""


@dataclass(frozen=True)
class SheetForm:
    """`slots` in the order of the page; `sheet` holds what can be kept of them. `ad`: tidied.

    `phone_hint`: why the number that was typed is not kept.
    """

    sheet: CallSheet = field(default_factory=CallSheet)
    slots: tuple[WaySlot, ...] = ()
    ad: str = ""
    phone_hint: str = ""

    def held_back(self, tagger: ClauseTagger) -> SheetForm:
        """The form with words that hold no doing kept as drafts."""
        slots = tuple(held_back(slot, tagger) for slot in self.slots)
        return dataclasses.replace(self, slots=slots, sheet=with_slots(self.sheet, slots))

    def with_draft(self, number: str, tagger: ClauseTagger) -> SheetForm:
        """The form with way `number` (from 0) built from the answers to the five questions."""
        slots = list(self.slots)
        place = int(number) if number.isdecimal() else len(slots)
        if place < len(slots) and (
            draft := draft_sentence(slots[place].answers, lambda told: hears_work(told, tagger))
        ):
            slots[place] = WaySlot(draft, slots[place].answers)
        return dataclasses.replace(self, slots=tuple(slots), sheet=with_slots(self.sheet, slots))

    def with_file(self, form: FormData) -> SheetForm:
        """The form with the text of the chosen file below the pasted text. Raises RehearseError."""
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            return self
        text = wiring.job_ad_text(file.file.read(), file.filename)
        return dataclasses.replace(self, ad=f"{self.ad}\n\n{text}".strip())

    def with_heading(self) -> SheetForm:
        """The form with open fields filled from the ad: its company, job and contact."""
        filled: dict[str, Any] = {
            field: text
            for field, text in ad_heading(self.ad).items()
            if not getattr(self.sheet, field)
        }
        return dataclasses.replace(self, sheet=dataclasses.replace(self.sheet, **filled))


def read_sheet_form(form: FormData) -> SheetForm:
    """The submitted form. Raises RehearseError for texts that are too long."""
    sentences = _texts(form, "way")
    answers = {question.key: _texts(form, f"answer_{question.key}") for question in QUESTIONS}
    slots = tuple(
        WaySlot(
            sentence,
            tuple(given[place] if place < len(given) else "" for given in answers.values()),
        )
        for place, sentence in enumerate(sentences)
    )
    texts = {key: one_line(text_field(form, key)) for key in _TEXTS}
    texts = {key: "" if is_unknown(text) else text for key, text in texts.items()}
    not_a_number = declined_phone(texts["phone"]) if texts["phone"] else None
    if not_a_number is not None:
        texts["phone"] = ""
    if texts["question"] and declined_question(texts["question"]) is not None:
        texts["question"] = ""
    sheet = CallSheet(
        manager=texts["manager"],
        company=texts["company"],
        job=texts["job"],
        business=texts["business"],
        phone=texts["phone"],
        question=texts["question"],
    )
    ad = wiring.pasted_job_ad(text_field(form, "ad", LONGEST_PASTED))
    return SheetForm(
        with_slots(sheet, slots), slots, ad, not_a_number.text if not_a_number is not None else ""
    )


def _texts(form: FormData, key: str) -> list[str]:
    return [one_line(str(text)) for text in form.getlist(key)]
