"""Scenario pages: the person's own files, added, checked, deleted."""

from __future__ import annotations

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rehearse.calling.scenario import DEFAULT_SCENARIO, packaged_text
from rehearse.errors import RehearseError
from rehearse.rehearsing.own_scenarios import (
    delete_own_scenario,
    keep_own_scenario,
    own_scenarios,
)
from rehearse.web.forms import text_field
from rehearse.web.site import site_of

LARGEST_FILE = 200_000
"""In bytes; the largest scenario of the program has a tenth of that."""


def show(request: Request) -> Response:
    """The person's own scenarios; of a file with mistakes, what they are."""
    return _page(request)


def to_start_from(request: Request) -> Response:
    """The file of a scenario that comes with the program, to edit."""
    return Response(
        packaged_text(DEFAULT_SCENARIO),
        media_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="my-manager.toml"'},
    )


def add(request: Request, form: FormData) -> Response:
    """Keep a file if it is right; otherwise list its mistakes."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return _page(request, problem="Choose a file first.")
    text = file.file.read(LARGEST_FILE + 1)
    if len(text) > LARGEST_FILE:
        return _page(request, problem=f"{file.filename} is too large for a scenario.")
    try:
        kept = keep_own_scenario(site_of(request).store.home, file.filename, text)
    except RehearseError as error:
        return _page(request, problem=error.problem)
    return _page(request, added=kept.title)


def delete(request: Request, form: FormData) -> Response:
    """Delete a file; the page asked before."""
    delete_own_scenario(site_of(request).store.home, text_field(form, "wanted", 300))
    return RedirectResponse("/scenarios", 303)


def _page(request: Request, *, problem: str = "", added: str = "") -> Response:
    site = site_of(request)
    return site.page(
        "scenarios.html",
        400 if problem else 200,
        own=own_scenarios(site.store.home),
        folder=site.store.home / "scenarios",
        problem=problem,
        added=added,
    )
