"""The call from a page: choose, check the microphone, hold, and listen to the call's events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rehearse import wiring
from rehearse.call_sheet import CallSheet
from rehearse.calling.events import Event
from rehearse.calling.manager import STAND_IN_NAME
from rehearse.errors import RehearseError
from rehearse.scenario import packaged_names, packaged_scenario
from rehearse.sheets import Sheets
from rehearse.web import live
from rehearse.web.call_session import CallSession, PageKeys
from rehearse.web.site import NotFound, Site, site_of, text_field


def start(request: Request, form: FormData) -> Response:
    """Ring. A call that is on already goes on."""
    site = site_of(request)
    scenario_name = text_field(form, "scenario", 60)
    sheet_name = text_field(form, "sheet", 60)
    sheets = Sheets(site.store.home)
    sheet = sheets.load(sheet_name) if sheet_name in sheets.names() else CallSheet()
    if scenario_name not in packaged_names():
        scenario_name = "friendly"
    with site.call_lock:
        if not site.call_is_on:
            site.end_drill()
            scenario = packaged_scenario(scenario_name)
            captions = form.get("captions") == "1"
            hold = _holder(site, sheet, scenario_name)
            site.call = CallSession(
                hold, whom=sheet.manager or STAND_IN_NAME, about=scenario.title, captions=captions
            )
    return RedirectResponse("/call", 303)


def _holder(
    site: Site, sheet: CallSheet, scenario_name: str
) -> Callable[[PageKeys, Callable[[Event], None]], str]:
    def hold(keys: PageKeys, listen: Callable[[Event], None]) -> str:
        """The same call as the terminal's: same line, same engines, other keys."""
        import contextlib
        import random

        from rehearse import practice
        from rehearse.calling.turn_taking import Patience

        home, choices = site.store.home, site.choices
        scenario = packaged_scenario(scenario_name)
        line = wiring.device_line(choices.microphone, choices.loudspeaker, speaker=True)
        voice = wiring.load_voice(home, choices.voice, scenario.voice)
        assistant = wiring.load_voice(home, choices.voice, scenario.assistant_voice)
        with contextlib.closing(line), contextlib.closing(voice), contextlib.closing(assistant):
            engines = practice.Engines(
                transcriber=wiring.call_transcriber(home, choices.model),
                tagger=site.tagger,
                voice=voice,
                detector=wiring.load_detector(),
                tones=wiring.load_tones(),
                assistant_voice=assistant,
                embedder=site.embedder if sheet.ways else None,
                measurer=site.measurer,
            )
            plan = practice.Plan(
                sheet=sheet,
                scenario=scenario,
                seed=random.SystemRandom().randrange(2**31),
                patience=Patience(),
            )
            folder, _ = practice.hold(
                plan, line, keys, engines, site.store, datetime.now(), [listen]
            )
        return folder.id

    return hold


def call_page(request: Request) -> Response:
    """The phone."""
    call = site_of(request).call
    if call is None:
        return RedirectResponse("/", 303)
    return site_of(request).page(
        "call.html", whom=call.whom, about=call.about, captions=call.captions
    )


async def events(request: Request) -> Response:
    """The call's events as they happen."""
    call = site_of(request).call
    if call is None:
        raise NotFound("There is no call.", "Start one from the first page.")
    return live.told(call, request)


def key(request: Request, form: FormData) -> Response:
    """A button of the phone."""
    return live.press(site_of(request).call, request, form, "/call")


def check_page(request: Request) -> Response:
    """Before the first call: what the check will do."""
    return site_of(request).page("check.html", findings=None, ready=False)


def check(request: Request, form: FormData) -> Response:
    """Listen for two seconds, say a sentence, tell what was found."""
    from rehearse.preflight import findings

    site = site_of(request)
    if site.call_is_on:
        raise RehearseError("A call is on.", "Hang up first, then check.")
    site.end_drill()
    choices = site.choices
    found = list(findings(site.store.home, choices.microphone, choices.loudspeaker, choices.model))
    site.checked = ready = all(finding.ok for finding in found)
    return site.page("check.html", findings=found, ready=ready)
