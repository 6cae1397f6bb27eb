"""Sheet pages: the preparation coach, as in `rehearse prep`."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rehearse.coaching.doing import held_back
from rehearse.coaching.sheet_judgement import SheetJudgement, judge_sheet
from rehearse.errors import RehearseError
from rehearse.keeping.private import forget_spoken_lines
from rehearse.preparing.call_sheet import CallSheet, RealCall
from rehearse.preparing.finding_out_more import finding_out_more
from rehearse.preparing.first_evening import FirstEveningFile, Step
from rehearse.preparing.five_questions import QUESTIONS
from rehearse.preparing.job_ad import LONGEST_AD
from rehearse.preparing.saved_sheets import Sheets, name_for, one_line
from rehearse.preparing.toml_file import LONGEST_TEXT
from rehearse.preparing.way_slot import slots_of, with_slots
from rehearse.preparing.worked_examples import search, trades, worked_examples
from rehearse.report import sheet_questions
from rehearse.report.call_card import call_card, lately_shown
from rehearse.report.sheet_help import ad_view, anchors, slot_hints
from rehearse.web.call_pages import begin
from rehearse.web.forms import text_field
from rehearse.web.sheet_form import SheetForm, read_sheet_form
from rehearse.web.site import NotFound, Site, site_of

DRAFT = "draft-"
"""What a button sends, with the number of the way, to turn the answers into a sentence."""


@dataclass(frozen=True)
class SheetRow:
    """A saved sheet in the list; `problem` says why its file cannot be read."""

    name: str
    whom: str = ""
    phone: str = ""
    business: str = ""
    ways: tuple[str, ...] = ()
    real_calls: tuple[RealCall, ...] = ()
    standing: str = ""
    next_step: str = ""
    problem: str = ""


def sheets(request: Request) -> Response:
    """All saved sheets, the last one first."""
    site = site_of(request)
    kept = Sheets(site.store.home)
    saved = request.query_params.get("saved", "")
    return site.page(
        "sheets.html",
        rows=[_row(site, kept, name) for name in kept.names()],
        saved=saved if saved in kept.names() else "",
        folder=str(kept.folder),
        words=sheet_questions,
        longest=LONGEST_TEXT,
        call_is_on=site.call_is_on,
    )


def new(request: Request) -> Response:
    """The questions, unanswered."""
    return _form(site_of(request), "", SheetForm())


def change(request: Request) -> Response:
    """The questions with the saved answers."""
    site = site_of(request)
    name = _name(request)
    kept = Sheets(site.store.home)
    try:
        sheet = kept.load(name)
        return _form(site, name, SheetForm(sheet, slots_of(sheet), kept.ad(name)))
    except RehearseError as error:
        return _form(
            site, name, SheetForm(), error.problem,
            "Correct the file yourself, or answer the questions and save: that replaces it.",
        )  # fmt: skip


def save(request: Request, form: FormData) -> Response:
    """Save the answers; the page shows problems beside them and loses none."""
    site = site_of(request)
    typed = read_sheet_form(form).held_back(site.tagger)
    then = text_field(form, "then", 20)
    if then.startswith(DRAFT):
        typed = typed.with_draft(then.removeprefix(DRAFT), site.tagger)
    old = text_field(form, "old", 60)
    try:
        typed = typed.with_file(form)
        if then == "stay":
            typed = typed.with_heading()
        name = _keep(Sheets(site.store.home), typed, old)
    except RehearseError as error:
        return _form(
            site, old, typed, error.problem, f"{error.remedy} Nothing is saved yet.", status=400
        )
    if then == "call":
        return begin(site, dataclasses.replace(site.start, sheet=name))
    if then == "stay" or then.startswith(DRAFT):
        place = "#ad" if then == "stay" else "#ways"
        return RedirectResponse(f"/sheets/{name}{place}", 303)
    return RedirectResponse("/sheets?" + urlencode({"saved": name}), 303)


def keep_draft(request: Request, form: FormData) -> Response:
    """While somebody types: judge ways and question, save everything, draft from the answers."""
    site = site_of(request)
    typed = read_sheet_form(form).held_back(site.tagger)
    old = text_field(form, "old", 60)
    problem = ""
    name = old
    if old or typed.sheet.company or typed.sheet.manager:
        try:
            name = _keep(Sheets(site.store.home), typed, old)
        except RehearseError as error:
            problem = f"{error.problem} {error.remedy}"
    judged = _judge(site, typed.sheet)
    if judged.is_ready:
        FirstEveningFile(site.store.home).remember(Step.WAYS)
    return JSONResponse(
        {
            "name": name,
            "problem": problem,
            "phone": typed.phone_hint,
            "standing": sheet_questions.standing(judged),
            "ways": [
                dataclasses.asdict(hint) for hint in slot_hints(typed.slots, judged, site.tagger)
            ],
            "question": {"counts": judged.question.counts, "text": judged.question.text},
        }
    )


def examples(request: Request) -> Response:
    """Worked examples that match a search, the nearest to a sheet first."""
    site = site_of(request)
    query = request.query_params
    wanted = query.get("q", "")[:100].strip()
    name = query.get("sheet", "")
    kept = Sheets(site.store.home)
    near: list[str] = []
    if name in kept.names():
        near = anchors(_loaded(kept, name).job, kept.ad(name))
    found = search(wanted, site.nearest_examples(near) if near else worked_examples())
    return site.page(
        "examples.html",
        found=found,
        wanted=wanted,
        sheet=name if near else "",
        trades=trades(),
        advice=finding_out_more(),
    )


def card(request: Request) -> Response:
    """The card for the day of the real call, on one printed page."""
    site = site_of(request)
    name = _name(request)
    sheet = Sheets(site.store.home).load(name)
    lately = lately_shown(sheet, site.store)
    shown = call_card(sheet, lately)
    if shown is None:
        raise RehearseError(
            "This sheet has no way and no question yet.", "Find one first; then there is a card."
        )
    return site.page("call_card_page.html", name=name, card=shown)


def note_real_call(request: Request, form: FormData) -> Response:
    """Save the outcome of the real call with the sheet."""
    kept = Sheets(site_of(request).store.home)
    name = _name(request)
    reached, said, next_step = (
        one_line(text_field(form, key, LONGEST_TEXT)) for key in ("reached", "said", "next")
    )
    call = RealCall(date.today().isoformat(), reached, said, next_step)
    if not call.is_empty:
        sheet = kept.load(name)
        kept.save(name, dataclasses.replace(sheet, real_calls=(*sheet.real_calls, call)))
    return RedirectResponse("/sheets?" + urlencode({"saved": name}), 303)


def copy(request: Request, form: FormData) -> Response:
    """Duplicate a sheet."""
    name = Sheets(site_of(request).store.home).duplicate(_name(request))
    return RedirectResponse(f"/sheets/{name}", 303)


def rename(request: Request, form: FormData) -> Response:
    """Give a sheet another name."""
    new_name = text_field(form, "new_name", 60)
    name = _name(request)
    if new_name != name:
        Sheets(site_of(request).store.home).rename(name, new_name)
    return RedirectResponse("/sheets?" + urlencode({"saved": new_name}), 303)


def ask_delete(request: Request) -> Response:
    """Asks first."""
    site = site_of(request)
    row = _row(site, Sheets(site.store.home), _name(request))
    return site.page("delete_sheet.html", row=row)


def delete(request: Request, form: FormData) -> Response:
    """Delete the sheet; the previous page has asked."""
    home = site_of(request).store.home
    Sheets(home).delete(_name(request))
    forget_spoken_lines(home)
    return RedirectResponse("/sheets", 303)


def _keep(kept: Sheets, typed: SheetForm, old: str) -> str:
    """Save the form under the name `old` or a new one, and return the name."""
    if typed.sheet.is_empty and not typed.ad:
        raise RehearseError(
            "There is nothing to keep yet.", "Start with the company, or with one way."
        )
    name = old or kept.free_name(name_for(typed.sheet))
    real_calls = _loaded(kept, old).real_calls if old in kept.names() else ()
    kept.save(name, dataclasses.replace(typed.sheet, real_calls=real_calls))
    kept.keep_ad(name, typed.ad)
    return name


def _loaded(kept: Sheets, name: str) -> CallSheet:
    try:
        return kept.load(name)
    except RehearseError:
        return CallSheet()


def _name(request: Request) -> str:
    """The name of the saved sheet in the address. Raises NotFound."""
    name = str(request.path_params["name"])
    if name not in Sheets(site_of(request).store.home).names():
        raise NotFound("There is no such call sheet.", "It may have been deleted.")
    return name


def _judge(site: Site, sheet: CallSheet) -> SheetJudgement:
    return judge_sheet(sheet, site.tagger)


def _row(site: Site, kept: Sheets, name: str) -> SheetRow:
    try:
        sheet = kept.load(name)
    except RehearseError as error:
        return SheetRow(name, problem=error.problem)
    judged = _judge(site, sheet)
    return SheetRow(
        name,
        whom=sheet_questions.whom(sheet),
        phone=sheet.phone,
        business=sheet.business,
        ways=tuple(slot.words for slot in slots_of(sheet) if slot.is_way),
        real_calls=sheet.real_calls,
        standing=sheet_questions.standing(judged),
        next_step=sheet_questions.next_step(sheet, judged),
    )


def _form(
    site: Site,
    name: str,
    typed: SheetForm,
    problem: str = "",
    remedy: str = "",
    status: int = 200,
) -> Response:
    slots = typed.slots or slots_of(typed.sheet)
    # In a file written by hand, a draft can have the words of a way.
    slots = tuple(held_back(slot, site.tagger) for slot in slots)
    judged = _judge(site, with_slots(typed.sheet, slots))
    hints = slot_hints(slots, judged, site.tagger)
    return site.page(
        "sheet_form.html",
        status,
        name=name,
        sheet=typed.sheet,
        ad=typed.ad,
        their_words=ad_view(typed.ad),
        slots=list(zip(slots, hints, strict=True)),
        judged=judged,
        five_questions=QUESTIONS,
        advice=finding_out_more(),
        words=sheet_questions,
        longest=LONGEST_TEXT,
        longest_ad=LONGEST_AD,
        problem=problem,
        remedy=remedy,
        path=str(Sheets(site.store.home).path(name)) if name else "",
        call_is_on=site.call_is_on,
    )
