"""Pages: those that only show something."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from rehearse.calling.scenario import packaged_names, packaged_scenario
from rehearse.engines.audio.call_waves import call_waves
from rehearse.errors import RehearseError
from rehearse.preparing.saved_sheets import Sheets
from rehearse.rehearsing.recover import with_wordless_turns
from rehearse.report.charts import HEIGHT, WIDTH, charts
from rehearse.report.coaching_view import coaching_view, sheet_view
from rehearse.report.comparison import comparison
from rehearse.report.judgement_view import judging_view
from rehearse.report.listing import Filters, listing
from rehearse.report.page import head, talk
from rehearse.web.first_evening_pages import first_evening
from rehearse.web.site import folder_of, site_of


def home(request: Request) -> Response:
    """The button that starts a call, how it went over time, and all rehearsals."""
    site = site_of(request)
    summaries = site.store.summaries()
    query = request.query_params
    filters = Filters(
        words=query.get("q", "")[:100].strip(),
        verdict=query.get("verdict", ""),
        scenario=query.get("scenario", ""),
        starred=query.get("starred") == "1",
    )
    shown = listing(summaries, filters, query.get("page", "1"))
    return site.page(
        "home.html",
        evening=first_evening(site),
        sheets=Sheets(site.store.home).names(),
        scenarios=[packaged_scenario(name) for name in packaged_names()],
        charts=charts(summaries),
        chart_width=WIDTH,
        chart_height=HEIGHT,
        listing=shown,
        filters=filters,
        checked=site.checked or bool(summaries),
        start=site.start,
        devices=site.devices(),
        call_is_on=site.call_is_on,
        link_to=lambda page: "/?" + urlencode({**dict(query), "page": page}) + "#rehearsals",
        home_folder=str(site.store.home),
    )


def rehearsal(request: Request) -> Response:
    """A rehearsal: verdicts first, then the sound, the transcript and what to do better."""
    site = site_of(request)
    folder = folder_of(request)
    kept = with_wordless_turns(folder.load(), folder.events())
    return site.page(
        "rehearsal.html",
        head=head(kept),
        title=kept.title,
        talk=talk(kept),
        coaching=coaching_view(kept),
        sheet=sheet_view(kept),
        judging=judging_view(kept),
        waves=call_waves(folder.recording),
        sound=f"/rehearsals/{folder.id}/sound",
    )


def ask_delete(request: Request) -> Response:
    """Asks first."""
    return site_of(request).page("delete.html", head=head(folder_of(request).load()))


def compare(request: Request) -> Response:
    """Two rehearsals side by side: what was gained, what was lost."""
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


def keyboard(request: Request) -> Response:
    """How to use the pages without a mouse, and what the marks mean."""
    return site_of(request).page("keys.html")
