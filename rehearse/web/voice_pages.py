"""Voice pages: the voice check in the browser."""

from __future__ import annotations

from datetime import date

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rehearse import wiring
from rehearse.calling.line import Line
from rehearse.errors import RehearseError
from rehearse.keeping.chosen_model import ChosenModel, choose_model, chosen_model
from rehearse.rehearsing.voice_check import (
    READ_ALOUD,
    NobodyReads,
    Reading,
    VoiceCheck,
    also_with,
    check_voice,
    record_reading,
)
from rehearse.report.speech_models_view import model_view, worth_trying
from rehearse.report.voice_check_text import check_lines, question
from rehearse.sound import Samples
from rehearse.web.forms import text_field
from rehearse.web.site import Site, site_of
from rehearse.web.start_form import Through, with_devices
from rehearse.web.telephone import AWAY_S


def voice_page(request: Request) -> Response:
    """Before the check: the text, and the model in use."""
    site = site_of(request)
    site.end_drill()
    return _page(site)


def check(request: Request, form: FormData) -> Response:
    """Record the reading, transcribe it with every installed model, show the results."""
    site = site_of(request)
    if site.call_is_on:
        raise RehearseError("A call is on.", "Hang up first, then check your voice.")
    site.end_drill()
    site.start = choices = with_devices(site.start, form)
    home, tools = site.store.home, wiring.sound_tools()
    with site.call_lock:
        line: Line
        if choices.through is Through.PAGE:
            line = site.switchboard.await_line(site.switchboard.open_line(away_s=AWAY_S))
        else:
            line = wiring.device_line(choices.microphone or None, None, speaker=False)
        try:
            samples: Samples | None = record_reading(line, wiring.load_detector())
        except NobodyReads:
            samples = None
        finally:
            line.close()
    if samples is None:
        return _page(site, nobody_read=True)
    models = wiring.voice_check_models(home, site.choices.model)
    found = check_voice(samples, models, tools.voice_probabilities(samples))
    site.reading = Reading(samples, found)
    return _page(site, found)


def again(request: Request, form: FormData) -> Response:
    """Transcribe the last reading with one more model, and show all results."""
    site = site_of(request)
    name = text_field(form, "name", 40)
    loaders = dict(wiring.voice_check_models(site.store.home, None))
    if name not in loaders:
        raise RehearseError("That model is not installed.", "Get it from the voice check's page.")
    if site.reading is None:
        raise RehearseError("There is no recording of you any more.", "Read the text again.")
    if site.call_is_on:
        raise RehearseError("A call is on.", "Hang up first, then check your voice.")
    site.end_drill()
    site.reading = also_with(site.reading, name, loaders[name], list(loaders))
    return _page(site, site.reading.check)


def _page(site: Site, found: VoiceCheck | None = None, *, nobody_read: bool = False) -> Response:
    models = wiring.speech_models(site.store.home)
    heard = {one.name for one in site.reading.check.results} if site.reading else set()
    unheard = {one.name for one in models if one.here} - heard if site.reading else set()
    try_next = worth_trying(models) if found and found.another_may_help else None
    download = site.download
    return site.page(
        "voice_check.html",
        text=READ_ALOUD,
        lines=check_lines(found, on_page=True) if found else [],
        question=question(found) if found else "",
        best=found.best if found else None,
        nobody_read=nobody_read,
        models=[model_view(one) for one in models],
        unheard=unheard,
        arriving=download.name if download is not None and download.is_on else "",
        try_next=model_view(try_next) if try_next else None,
        now=chosen_model(site.store.home),
        start=site.start,
        devices=site.devices(rescan=found is None),
    )


def use(request: Request, form: FormData) -> Response:
    """Save the model that the check found."""
    site = site_of(request)
    name = text_field(form, "name", 40)
    if name not in wiring.installed_models(site.store.home):
        raise RehearseError("That model is not installed.", "Check your voice again.")
    counts = [text_field(form, field, 6) for field in ("right", "words")]
    if not all(count.isdecimal() for count in counts):
        raise RehearseError("The form is from an older visit.", "Check your voice again.")
    right, words = map(int, counts)
    choose_model(site.store.home, ChosenModel(name, date.today().isoformat(), right, words))
    return RedirectResponse("/voice-check", 303)
