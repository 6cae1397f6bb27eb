"""First evening pages: its steps, and two calls to hear."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from rehearse import wiring
from rehearse.errors import RehearseError
from rehearse.keeping.evening_so_far import AT_MOST_CALLS, evening_so_far, scored_calls
from rehearse.keeping.summary import Summary
from rehearse.preparing.first_evening import FirstEveningFile, Step
from rehearse.rehearsing.sample_call import NAMES, SampleHeard, hear_sample, sample_call
from rehearse.report.first_evening_view import StepView, step_views
from rehearse.report.sample_call_view import sample_call_view
from rehearse.web.forms import text_field
from rehearse.web.site import NotFound, Site, site_of


def first_evening(site: Site, summaries: Sequence[Summary]) -> tuple[StepView, ...]:
    """The steps for the first page; empty if the evening is over or several calls were held."""
    if scored_calls(summaries) >= AT_MOST_CALLS:
        return ()
    evening = evening_so_far(site.store, summaries)
    return step_views(evening) if evening.next_step is not None else ()


def hear(request: Request) -> Response:
    """A sample call: the page marks words as they are spoken and criteria as they occur."""
    site = site_of(request)
    name = _name(request)
    heard = _heard(site, name)
    return site.page(
        "sample_call.html",
        name=name,
        call=sample_call_view(heard),
        sound=f"/first-evening/{name}/sound",
        other=next(other for other in NAMES if other != name),
        other_title=sample_call(next(other for other in NAMES if other != name)).title,
    )


def sound(request: Request) -> Response:
    """Both voices; serves ranges so that the player can seek."""
    site = site_of(request)
    name = _name(request)
    _heard(site, name)
    FirstEveningFile(site.store.home).remember(Step.HEAR)
    return FileResponse(_file(site, name), media_type="audio/wav")


def skip(request: Request, form: FormData) -> Response:
    """Skip a step or the whole evening."""
    file = FirstEveningFile(site_of(request).store.home)
    wanted = text_field(form, "step", 20)
    if wanted == "all":
        for step in Step:
            file.remember(step, skipped=True)
    elif wanted in tuple(Step):
        file.remember(Step(wanted), skipped=True)
    else:
        raise RehearseError("There is no such step.", "Load the page again and retry.")
    return RedirectResponse("/", 303)


def _name(request: Request) -> str:
    name = str(request.path_params["name"])
    if name not in NAMES:
        raise NotFound("There is no such call to listen to.", "There are a good one and a bad one.")
    return name


def _heard(site: Site, name: str) -> SampleHeard:
    """The sample call, spoken and scored once per run of the server."""
    if name not in site.samples or not _file(site, name).is_file():
        with wiring.sample_voices(site.store.home, site.choices.voice) as voices:
            heard = hear_sample(sample_call(name), voices, site.tagger)
        wiring.keep_sound(_file(site, name), heard.samples)
        site.samples[name] = heard
    return site.samples[name]


def _file(site: Site, name: str) -> Path:
    return site.store.home / "voice-cache" / f"sample-call-{name}.wav"
