"""Written sheet: what `rehearse prep` saves at each answer."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING

from rehearse import wiring
from rehearse.coaching.sheet_judgement import SheetJudgement, judge_sheet
from rehearse.preparing.call_sheet import CallSheet
from rehearse.preparing.saved_sheets import Sheets, name_for
from rehearse.preparing.way_slot import WaySlot, slots_of, with_slots

if TYPE_CHECKING:
    from rehearse.scoring.clauses import ClauseTagger


class WrittenSheet:
    """The answers so far and the job ad. It is on disk from the first company or name on."""

    def __init__(self, sheets: Sheets, name: str | None, ad: str) -> None:
        """Raises RehearseError for an invalid name or a damaged sheet."""
        self._sheets = sheets
        self.name = name
        self.ad = ad
        self.sheet = CallSheet()
        self.slots = list(slots_of(self.sheet))
        if name is not None:
            sheets.path(name)
            self._open(name)

    def keep(self, sheet: CallSheet) -> None:
        """Go on with `sheet`, and save it as soon as it has a name."""
        self.sheet = sheet
        if self.name is None and sheet.company:
            self.name = name_for(sheet)
            known = sheet.company
            self._open(self.name)
            self.sheet = dataclasses.replace(self.sheet, company=known)
        if self.name is None or self.sheet.is_empty:
            return
        self._sheets.save(self.name, self.sheet)
        if self.ad:
            self._sheets.keep_ad(self.name, self.ad)

    def keep_under_a_name(self) -> None:
        """Save a sheet that has no company under a free name."""
        if self.name is None and not self.sheet.is_empty:
            self.name = self._sheets.free_name(name_for(self.sheet))
            self.keep(self.sheet)

    def open_slots(self) -> int:
        """Start on the ways and drafts of the sheet. Returns how many ways are asked for."""
        self.slots = list(slots_of(self.sheet))
        return len(self.slots)

    def keep_slot(self, index: int, slot: WaySlot) -> int | None:
        """Save the way. Returns its index among the ways of the sheet, None for a draft."""
        self.slots[index] = slot
        self.keep(with_slots(self.sheet, self.slots))
        return sum(one.is_way for one in self.slots[:index]) if slot.is_way else None

    def judged(self) -> SheetJudgement:
        return judge_sheet(self.sheet, self.tagger)

    @functools.cached_property
    def tagger(self) -> ClauseTagger:
        return wiring.load_tagger()

    def _open(self, name: str) -> None:
        if name in self._sheets.names():
            self.sheet = self._sheets.load(name)
            self.ad = self.ad or self._sheets.ad(name)
