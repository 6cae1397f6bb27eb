"""Call pages: choose, check the microphone, hold a call."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Callable
from datetime import datetime

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rehearse import wiring
from rehearse.calling.events import Event
from rehearse.calling.line import Key
from rehearse.calling.manager import STAND_IN_NAME
from rehearse.calling.own_echo import Echo
from rehearse.engines.browser.browser_line import BrowserLine
from rehearse.errors import RehearseError
from rehearse.preparing.call_sheet import CallSheet
from rehearse.preparing.saved_sheets import Sheets
from rehearse.rehearsing.call_setup import CallSetup, Speaking, new_seed, scenario_wanted
from rehearse.rehearsing.hold import hold
from rehearse.rehearsing.own_scenarios import PREFIX, own_scenario_path
from rehearse.report.call_card import call_card
from rehearse.web import live
from rehearse.web.call_session import CallSession
from rehearse.web.forms import text_field
from rehearse.web.page_keys import PageKeys, PageTurns
from rehearse.web.site import NotFound, Site, no_answer, site_of
from rehearse.web.start_form import StartChoices, Through, as_before, read_choices, with_devices
from rehearse.web.telephone import AWAY_S, PERMISSION_LIMIT_S


def start(request: Request, form: FormData) -> Response:
    """Ring with the choices of the form."""
    site = site_of(request)
    again = form.get("as_before") == "1"
    return begin(site, as_before(site.start, form) if again else read_choices(form))


def begin(site: Site, choices: StartChoices, *, on_phone: bool = False) -> Response:
    """Ring with these choices and show the phone. A call in progress continues."""
    silent = (
        choices.speaking is Speaking.TYPED
        and choices.through is Through.COMPUTER
        and not site.devices().loudspeakers
    )
    with site.call_lock:
        if not site.call_is_on:
            site.end_drill()
            setup = _setup(site, choices.without_sound if silent else choices)
            if not on_phone:  # whose devices are not the computer's
                site.start = choices
            line = page_line(site, choices)
            site.call = CallSession(
                functools.partial(_hold, site, setup, line),
                whom=setup.sheet.manager or STAND_IN_NAME,
                company=setup.sheet.company,
                sheet=choices.sheet or "",
                speaking=choices.speaking,
                captions=choices.captions or silent,
                hints=choices.hints,
                line=line,
                card=call_card(setup.sheet) if choices.card else None,
                on_phone=on_phone,
            )
    return RedirectResponse("/call", 303)


def page_line(site: Site, choices: StartChoices) -> BrowserLine | None:
    """The line of the page; None if the call uses the computer's own devices or no sound."""
    typed = choices.speaking is Speaking.TYPED
    if choices.through is Through.COMPUTER or (typed and not choices.sound):
        return None
    return site.switchboard.open_line(listens=not typed, headphones=choices.headphones)


def _setup(site: Site, choices: StartChoices) -> CallSetup:
    """The form as the CallSetup that the terminal's options give."""
    sheets = Sheets(site.store.home)
    if choices.sheet and choices.sheet not in sheets.names():
        raise NotFound("There is no such call sheet.", "It may have been deleted; choose another.")
    seed = new_seed()
    return CallSetup(
        scenario=scenario_wanted(_scenario_file(site, choices.scenario), seed),
        silence_s=choices.patience_s,
        sheet=sheets.load(choices.sheet) if choices.sheet else CallSheet(),
        seed=seed,
        speaking=choices.speaking,
        headphones=choices.headphones,
        model=site.choices.model,
        voice=site.choices.voice,
        microphone=choices.microphone or None,
        loudspeaker=choices.loudspeaker or None,
        sound=choices.sound,
    )


def _hold(
    site: Site,
    setup: CallSetup,
    line: BrowserLine | None,
    keys: PageKeys,
    listen: Callable[[Event], None],
) -> str:
    """Hold the same call as the terminal: same line, same engines, other keys."""
    typed = keys if isinstance(keys, PageTurns) else None
    loaders = wiring.Loaders(
        lambda: site.tagger,
        lambda: site.acts,
        lambda: site.embedder,
        lambda _: site.matters,
        lambda *_: site.measurer,
    )
    with (
        contextlib.closing(line) if line is not None else contextlib.nullcontext(),
        wiring.opened_call(setup, site.store.home, typed, loaders=loaders, line=line) as (
            opened,
            engines,
        ),
    ):
        if line is not None:
            line.await_page(PERMISSION_LIMIT_S, lambda: keys.pressed() is Key.HANG_UP)
        plan = setup.plan
        if line is not None:
            plan = dataclasses.replace(plan, processing=line.processing)
            if line.cancels_echo and plan.echo is Echo.HEARD:
                plan = dataclasses.replace(plan, echo=Echo.CANCELLED)
        folder, _ = hold(plan, opened, keys, engines, site.store, datetime.now(), [listen])
    site.second_listen.begin(folder)
    return folder.id


def _scenario_file(site: Site, wanted: str) -> str:
    """The path of the person's own scenario; other names unchanged. Raises NotFound."""
    if not wanted.startswith(PREFIX):
        return wanted
    path = own_scenario_path(site.store.home, wanted)
    if path is None:
        raise NotFound("There is no such scenario file.", "It may have been moved; choose another.")
    return str(path)


def call_page(request: Request) -> Response:
    """The phone."""
    site = site_of(request)
    if site.call is None:
        return RedirectResponse("/", 303)
    if site.call_is_on_phone:
        return RedirectResponse("/handset", 303)
    return shown_once(site.call) or site.page("call.html", call=site.call)


def shown_once(call: CallSession) -> Response | None:
    """The first page instead of a failed call that was shown already: whoever allows the microphone
    and loads the page again, as they were told, wants to call."""
    if call.seen and call.failed:
        return RedirectResponse("/", 303)
    call.seen = True
    return None


async def events(request: Request) -> Response:
    """The call's events as they happen."""
    call = site_of(request).call
    if call is None:
        raise NotFound("There is no call.", "Start one from the first page.")
    return live.event_stream(call, request)


def key(request: Request, form: FormData) -> Response:
    """A button of the phone."""
    return live.press(site_of(request).call, request, form, "/call")


def captions(request: Request, form: FormData) -> Response:
    """Show the captions of the call, or hide them."""
    site = site_of(request)
    return switch_captions(site, site.call, form)


def switch_captions(site: Site, call: CallSession | None, form: FormData) -> Response:
    """The choice stays: for the page when it is loaded again, and for the next call, on the
    computer as on the phone."""
    on = form.get("on") == "1"
    if call is not None:
        call.captions = on
        site.start = dataclasses.replace(site.start, captions=on)
    return no_answer()


def said(request: Request, form: FormData) -> Response:
    """Take a typed turn."""
    call = site_of(request).call
    text = text_field(form, "text")
    if call is None or not isinstance(call.keys, PageTurns) or not text:
        raise RehearseError("There is no call to type in.", "Start one from the first page.")
    call.keys.say(text)
    return no_answer()


def check_page(request: Request) -> Response:
    """Before the first call: what the check will do. Scans for newly plugged devices."""
    site = site_of(request)
    site.end_drill()
    return site.page(
        "check.html",
        findings=None,
        ready=False,
        start=site.start,
        devices=site.devices(rescan=True),
    )


def check(request: Request, form: FormData) -> Response:
    """Listen for a sentence, say one, show the result."""
    from rehearse.rehearsing.preflight import findings

    site = site_of(request)
    if site.call_is_on:
        raise RehearseError("A call is on.", "Hang up first, then check.")
    site.end_drill()
    site.start = choices = with_devices(site.start, form)
    with site.call_lock:
        home = site.store.home
        open_line = None
        if choices.through is Through.PAGE:
            line = site.switchboard.open_line(away_s=AWAY_S)
            open_line = functools.partial(site.switchboard.await_line, line)
        parts = wiring.preflight_parts(
            home,
            choices.microphone or None,
            choices.loudspeaker or None,
            site.choices.model,
            open_line,
        )
        found = list(findings(home, parts))
    site.checked = ready = all(finding.ok for finding in found)
    return site.page(
        "check.html", findings=found, ready=ready, start=site.start, devices=site.devices()
    )
