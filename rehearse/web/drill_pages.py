"""Drill pages: choose a part, hold rounds of it."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rehearse import wiring
from rehearse.calling.events import EventListener
from rehearse.calling.line import Controls, Key
from rehearse.engines.browser.browser_line import BrowserLine
from rehearse.errors import RehearseError
from rehearse.preparing.first_evening import FirstEveningFile, Step
from rehearse.rehearsing.drill import (
    CLEAN_ROUNDS,
    EXERCISES,
    ROUND_S,
    Part,
    Round,
    clean_in_a_row,
    typed_round,
)
from rehearse.report import drill_text
from rehearse.web import live
from rehearse.web.drill_session import DrillSession
from rehearse.web.forms import text_field
from rehearse.web.site import NotFound, Site, site_of
from rehearse.web.start_form import Through
from rehearse.web.telephone import AWAY_S, PERMISSION_LIMIT_S

LONGEST_ANSWER = 5_000


def choose(request: Request) -> Response:
    """All parts, each with what it asks for."""
    return site_of(request).page(
        "drills.html",
        parts_of_the_call=[(part, drill_text.TITLES[part], EXERCISES[part].task) for part in Part],
        how_long=drill_text.HOW_LONG,
    )


def drill(request: Request) -> Response:
    """One part: its cue, the current round, and the results of earlier rounds."""
    site = site_of(request)
    part = _part(request)
    session = site.drill if site.drill is not None and site.drill.part is part else None
    rounds = session.rounds if session is not None else []
    if rounds and part is Part.QUESTION:
        FirstEveningFile(site.store.home).remember(Step.QUESTION)
    can_speak = site.can_speak
    return site.page(
        "drill.html",
        part=part,
        title=drill_text.TITLES[part],
        exercise=EXERCISES[part],
        how_long=drill_text.HOW_LONG,
        longest_s=round(ROUND_S),
        what_ends_it=drill_text.WHAT_ENDS_IT,
        line=session.live.line if session is not None and session.live is not None else None,
        is_on=session is not None and session.is_on,
        trouble=session.trouble if session is not None else None,
        rounds=[(number, drill_text.round_view(one)) for number, one in enumerate(rounds, start=1)][
            ::-1
        ],
        tally=drill_text.tally(rounds),
        done=clean_in_a_row(rounds) >= CLEAN_ROUNDS,
        call_is_on=site.call_is_on,
        can_speak=can_speak,
        typing=not can_speak or (session is not None and session.typing),
    )


def typed(request: Request, form: FormData) -> Response:
    """Hold one more round, typed; it needs no microphone."""
    site = site_of(request)
    part = _part(request)
    text = text_field(form, "text", LONGEST_ANSWER)
    if not text:
        raise RehearseError("Nothing was typed.", "Go back, type what you would say, and try it.")
    if site.drill is None or site.drill.part is not part:
        site.end_drill()
        site.drill = DrillSession(part)
    site.drill.add_typed(typed_round(part, text, site.tagger))
    return RedirectResponse(f"/drill/{part}", 303)


def begin(request: Request, form: FormData) -> Response:
    """Hold one more round. A round in progress continues."""
    site = site_of(request)
    part = _part(request)
    with site.call_lock:
        if site.call_is_on:
            raise RehearseError("A call is on.", "Hang up first, then practise a part of it.")
        if site.drill is None or site.drill.part is not part:
            site.end_drill()
            site.drill = DrillSession(part)
        if not site.drill.is_on:
            line = (
                site.switchboard.open_line(headphones=site.start.headphones, away_s=AWAY_S)
                if site.start.through is Through.PAGE
                else None
            )
            site.drill.begin(_holder(site, part, line), line)
    return RedirectResponse(f"/drill/{part}", 303)


def _holder(
    site: Site, part: Part, page_line: BrowserLine | None
) -> Callable[[Controls, EventListener], Round | None]:
    def hold(keys: Controls, listen: EventListener) -> Round | None:
        """Hold the same round as the terminal: same line, same engines, other keys."""
        import contextlib

        from rehearse.rehearsing.drill import DrillEngines, hold_round, patience

        home, choices, start = site.store.home, site.choices, site.start
        transcriber = wiring.call_transcriber(home, choices.model)
        line = page_line or wiring.device_line(
            start.microphone or None, start.loudspeaker or None, speaker=True
        )
        with (
            contextlib.closing(line),
            contextlib.closing(wiring.load_voice(home, choices.voice)) as voice,
        ):
            if page_line is not None:
                page_line.await_page(PERMISSION_LIMIT_S, lambda: keys.pressed() is Key.HANG_UP)
            engines = DrillEngines(
                line=line,
                controls=keys,
                detector=wiring.load_detector(),
                transcriber=transcriber,
                tagger=site.tagger,
                speak=voice.speak,
            )
            return hold_round(part, engines, patience(), listen)

    return hold


async def events(request: Request) -> Response:
    """The round's events as they happen."""
    session = site_of(request).drill
    if session is None or session.live is None:
        raise NotFound("There is no round.", "Start one from the page of a drill.")
    return live.event_stream(session.live, request)


def key(request: Request, form: FormData) -> Response:
    """I'm done, or stop."""
    session = site_of(request).drill
    round_on = session.live if session is not None else None
    page = f"/drill/{session.part}" if session is not None else "/drill"
    return live.press(round_on, request, form, page)


def _part(request: Request) -> Part:
    try:
        return Part(request.path_params["part"])
    except ValueError as error:
        raise NotFound("There is no such drill.", "The page of the drills shows all.") from error
