"""Live: a session's events to its page, buttons back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from rehearse.calling.line import Key
from rehearse.errors import RehearseError
from rehearse.web.call_session import CallSession
from rehearse.web.forms import text_field
from rehearse.web.site import no_answer

LOOK_EVERY_S = 0.08
_KEYS = {"done": Key.DONE, "hang up": Key.HANG_UP}


def event_stream(session: CallSession, request: Request) -> Response:
    """The session's events as they happen; a reloaded page gets all of them again."""
    last = request.headers.get("last-event-id", "")
    place = int(last) + 1 if last.isdecimal() and len(last) < 7 else 0
    return StreamingResponse(_stream(session, place), media_type="text/event-stream")


async def _stream(session: CallSession, place: int) -> AsyncIterator[str]:
    level = None
    while True:
        over = session.over
        for event in session.events_from(place):
            yield f"id: {place}\ndata: {json.dumps(event)}\n\n"
            place += 1
        if over:
            return
        if session.level != level:
            level = session.level
            yield f"data: {json.dumps(level)}\n\n"
        await asyncio.sleep(LOOK_EVERY_S)


def press(session: CallSession | None, request: Request, form: FormData, page: str) -> Response:
    """Press a button of the session. Raises RehearseError if no session is running."""
    pressed = _KEYS.get(text_field(form, "key", 20))
    if session is None or pressed is None:
        raise RehearseError("Nothing is going on here.", "Start from the first page.")
    session.keys.press(pressed)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"pressed": pressed.value})
    return RedirectResponse(page, 303) if form else no_answer()
