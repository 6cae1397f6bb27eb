"""Pages: the read-only ones."""

from __future__ import annotations

import contextlib
import time
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from rehearse.calling.scenario import packaged_names, packaged_scenario
from rehearse.engines.audio.call_waves import call_waves
from rehearse.errors import RehearseError
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.preparing.saved_sheets import Sheets
from rehearse.rehearsing.own_scenarios import own_scenarios
from rehearse.rehearsing.recover import with_wordless_turns
from rehearse.report import trends as report_trends
from rehearse.report.coaching_view import coaching_view, sheet_view
from rehearse.report.comparison import comparison
from rehearse.report.judgement_view import judging_view
from rehearse.report.listen_again_text import listened_again
from rehearse.report.listing import Filters, ListingView, listing
from rehearse.report.page import head, talk
from rehearse.report.result_view import result_view
from rehearse.report.standing import standing
from rehearse.report.wording import ONLY_RANG
from rehearse.web.first_evening_pages import first_evening
from rehearse.web.handset.onlooker import phone_call
from rehearse.web.site import RESULT_STYLES, Site, folder_of, site_of
from rehearse.web.start_form import PATIENCE

STILL_GROWING_S = 3.0
"""A recording changed within this time belongs to a call in progress."""


def home(request: Request) -> Response:
    """The user's standing, the button that starts a call, and all rehearsals."""
    site = site_of(request)
    summaries = site.store.summaries()
    query = request.query_params
    filters = Filters(
        words=query.get("q", "")[:100].strip(),
        verdict=query.get("verdict", ""),
        scenario=query.get("scenario", ""),
        starred=query.get("starred") == "1",
    )
    kept = Sheets(site.store.home)
    sheets = kept.names()
    shown = listing(summaries, filters, query.get("page", "1"))
    return site.page(
        "home.html",
        evening=first_evening(site, summaries),
        sheets=[(name, kept.is_started(name)) for name in sheets],
        default_sheet=kept.default or "",
        chosen_sheet=site.start.sheet_offered(kept),
        scenarios=[packaged_scenario(name) for name in packaged_names()],
        own_scenarios=own_scenarios(site.store.home),
        patience=PATIENCE,
        standing=standing(summaries),
        in_progress=_in_progress(site, shown),
        listing=shown,
        filters=filters,
        checked=site.checked or bool(summaries),
        start=site.start,
        devices=site.devices(),
        can_speak=site.can_speak,
        call_is_on=site.call_is_on,
        call_is_on_phone=site.call_is_on_phone,
        phone_is_open=site.phone_is_open,
        phone_kept=phone_call(site.call).kept,
        link_to=lambda page: "/?" + urlencode({**dict(query), "page": page}) + "#rehearsals",
        home_folder=str(site.store.home),
    )


def _in_progress(site: Site, shown: ListingView) -> str:
    """The id of the call that is held or scored right now, "" for none."""
    unscored = [row.id for row in shown.rows if not row.score and row.state != ONLY_RANG]
    for rehearsal_id in unscored:
        recording = site.store.folder(rehearsal_id).recording
        with contextlib.suppress(OSError):
            if time.time() - recording.stat().st_mtime < STILL_GROWING_S:
                return rehearsal_id
    return unscored[0] if unscored and site.call_is_on and shown.page == 1 else ""


def trends(request: Request) -> Response:
    """A few figures from call to call."""
    summaries = site_of(request).store.summaries()
    return site_of(request).page(
        "trends.html",
        trends=report_trends.trends(summaries),
        characters=report_trends.characters(summaries),
        height=report_trends.HEIGHT,
        bottom=report_trends.BOTTOM,
    )


def rehearsal(request: Request) -> Response:
    """A rehearsal: verdicts first, then the sound, the transcript and what to do better."""
    site = site_of(request)
    folder = folder_of(request)
    kept = with_wordless_turns(folder.load(), folder.events())
    return site.page(
        "rehearsal.html",
        styles=RESULT_STYLES,
        listening_again=site.second_listen.rehearsal_id == folder.id,
        listened_again=listened_again(kept),
        phone_is_open=site.phone_is_open,
        phone_kept=phone_call(site.call).kept,
        head=head(kept),
        title=kept.title,
        talk=talk(kept),
        top=result_view(kept, site.store.summaries(), _sheet_like(kept, site)),
        coaching=coaching_view(kept),
        sheet=sheet_view(kept),
        judging=judging_view(kept),
        waves=call_waves(folder.recording),
        sound=f"/rehearsals/{folder.id}/sound",
    )


def _sheet_like(kept: Rehearsal, site: Site) -> str:
    """The saved sheet of the call; if it changed since, a sheet for the same manager."""
    sheets = Sheets(site.store.home)
    whom = (kept.sheet.manager, kept.sheet.company)
    found = ""
    for name in sheets.names():
        with contextlib.suppress(RehearseError):
            sheet = sheets.load(name)
            if sheet == kept.sheet:
                return name
            if any(whom) and whom == (sheet.manager, sheet.company):
                found = found or name
    return found


def ask_delete(request: Request) -> Response:
    """Asks first."""
    return site_of(request).page("delete.html", head=head(folder_of(request).load()))


def compare(request: Request) -> Response:
    """Two rehearsals side by side: gains and losses."""
    site = site_of(request)
    ids = request.query_params.getlist("id")
    if len(ids) != 2 or ids[0] == ids[1]:
        raise RehearseError(
            "Two rehearsals are needed for this.", "Tick two in the list, then press Compare."
        )
    earlier, later = (site.store.folder(one).load() for one in sorted(ids))
    if earlier.scorecard is None or later.scorecard is None:
        raise RehearseError(
            "A rehearsal that was broken off cannot be compared.", "Open it and score it first."
        )
    return site.page(
        "compare.html",
        sides=[(head(one), talk(one)) for one in (earlier, later)],
        comparison=comparison(earlier, later),
    )


def usage(request: Request) -> Response:
    """The meaning of the marks, and how to use the pages without a mouse."""
    return site_of(request).page("help.html")


def ask_quit(request: Request) -> Response:
    """Asks first."""
    site = site_of(request)
    return site.page("quit.html", gone=False, call_is_on=site.call_is_on)
