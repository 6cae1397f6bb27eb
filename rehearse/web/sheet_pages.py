"""Call sheets on pages: the same questions, files and checks as `rehearse prep`."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rehearse.errors import RehearseError
from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.preparing.saved_sheets import Sheets, name_for, one_line
from rehearse.preparing.toml_file import LONGEST_TEXT
from rehearse.report import sheet_questions
from rehearse.web.call_pages import begin
from rehearse.web.forms import text_field
from rehearse.web.site import NotFound, Site, site_of


@dataclass(frozen=True)
class SheetRow:
    """A kept sheet in the list; `problem` where its file cannot be read."""

    name: str
    whom: str = ""
    business: str = ""
    still: str = ""
    problem: str = ""


def sheets(request: Request) -> Response:
    """All that are kept, the one that a call takes unless told first."""
    site = site_of(request)
    kept = Sheets(site.store.home)
    rows = [_row(kept, name) for name in kept.names()]
    saved = request.query_params.get("saved", "")
    return site.page(
        "sheets.html",
        rows=rows,
        saved=saved if saved in kept.names() else "",
        folder=str(kept.folder),
        call_is_on=site.call_is_on,
    )


def new(request: Request) -> Response:
    """The questions, with nothing answered."""
    return _form(site_of(request), "", CallSheet())


def change(request: Request) -> Response:
    """The questions, answered as before."""
    site = site_of(request)
    name = _name(request)
    try:
        return _form(site, name, Sheets(site.store.home).load(name))
    except RehearseError as error:
        return _form(
            site, name, CallSheet(), error.problem,
            "Correct the file yourself, or answer the questions and save: that replaces it.",
        )  # fmt: skip


def save(request: Request, form: FormData) -> Response:
    """Keep the answers; what is wrong with them is told beside them, and none is lost."""
    site = site_of(request)
    kept = Sheets(site.store.home)
    old = text_field(form, "old", 60)
    sheet, ways = _sheet(form)
    name = old or text_field(form, "name") or name_for(sheet.company)
    try:
        _check_ways(ways)
        if not old and name in kept.names():
            raise RehearseError(
                f"There is a call sheet called {name!r} already.",
                "Give this one another name, or change that one.",
            )
        kept.save(name, sheet)
    except RehearseError as error:
        shown = dataclasses.replace(sheet, ways=tuple(ways))
        return _form(
            site, old, shown, error.problem, f"{error.remedy} Nothing is saved yet.",
            wanted_name=text_field(form, "name"), status=400,
        )  # fmt: skip
    if form.get("then") == "call":
        return begin(site, dataclasses.replace(site.start, sheet=name))
    return RedirectResponse("/sheets?" + urlencode({"saved": name}), 303)


def ask_delete(request: Request) -> Response:
    """Asks first."""
    site = site_of(request)
    return site.page("delete_sheet.html", row=_row(Sheets(site.store.home), _name(request)))


def delete(request: Request, form: FormData) -> Response:
    """Remove it; the page before has asked."""
    Sheets(site_of(request).store.home).delete(_name(request))
    return RedirectResponse("/sheets", 303)


def _name(request: Request) -> str:
    """The kept sheet that the address names. Raises NotFound."""
    name = str(request.path_params["name"])
    if name not in Sheets(site_of(request).store.home).names():
        raise NotFound("There is no such call sheet.", "It may have been deleted.")
    return name


def _row(kept: Sheets, name: str) -> SheetRow:
    try:
        sheet = kept.load(name)
    except RehearseError as error:
        return SheetRow(name, problem=error.problem)
    return SheetRow(
        name,
        whom=sheet_questions.whom(sheet),
        business=sheet.business,
        still=sheet_questions.still_to_think_of(sheet),
    )


def _form(
    site: Site,
    name: str,
    sheet: CallSheet,
    problem: str = "",
    remedy: str = "",
    wanted_name: str = "",
    status: int = 200,
) -> Response:
    return site.page(
        "sheet_form.html",
        status,
        name=name,
        wanted_name=wanted_name,
        sheet=sheet,
        ways=sheet_questions.ways_to_ask(sheet.ways),
        words=sheet_questions,
        longest=LONGEST_TEXT,
        problem=problem,
        remedy=remedy,
        path=str(Sheets(site.store.home).path(name)) if name else "",
        call_is_on=site.call_is_on,
    )


def _sheet(form: FormData) -> tuple[CallSheet, list[Way]]:
    """The answers as a sheet; and all ways as they were typed, half empty ones too."""
    actions, touched = (
        [one_line(str(text)) for text in form.getlist(key)] for key in ("action", "touches")
    )
    ways = [Way(*both) for both in zip(actions, touched, strict=False)]
    one = {
        key: one_line(text_field(form, key))
        for key in ("manager", "company", "job", "business", "question")
    }
    return CallSheet(**one, ways=tuple(way for way in ways if way.action)), ways


def _check_ways(ways: list[Way]) -> None:
    for index, way in enumerate(ways):
        if way.touches and not way.action:
            raise RehearseError(
                f"{sheet_questions.ordinal(index)} way: it says what it touches, but not what you "
                "would do.",
                "Say what you would do, or empty both.",
            )
