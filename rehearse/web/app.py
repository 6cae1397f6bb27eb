"""The app: which address shows what, behind the gate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from rehearse.errors import RehearseError
from rehearse.web import (
    about_pages,
    actions,
    call_pages,
    downloads,
    drill_pages,
    first_evening_pages,
    model_pages,
    pages,
    scenario_pages,
    sheet_pages,
    telephone,
    voice_pages,
)
from rehearse.web.handset import handset_pages
from rehearse.web.locked import locked
from rehearse.web.security import PageGate
from rehearse.web.site import STATIC, NotFound, Site, site_of
from rehearse.web.telephone import Switchboard

REHEARSAL = "/rehearsals/{id}"
SHEET = "/sheets/{name}"
MODEL = "/voice-check/models/{name}"
MOST_FIELDS = 100


def make_app(site: Site) -> ASGIApp:
    """The whole app."""
    app = Starlette(
        routes=[
            Route("/", pages.home),
            Route("/compare", pages.compare),
            Route("/trends", pages.trends),
            Route("/help", pages.usage),
            Route("/about", about_pages.about),
            Route("/about/{number:int}", about_pages.licence),
            Route("/quit", pages.ask_quit),
            _post("/quit", actions.quit_program),
            Route(REHEARSAL, pages.rehearsal),
            Route(f"{REHEARSAL}/delete", pages.ask_delete),
            _post(f"{REHEARSAL}/delete", actions.delete),
            _post(f"{REHEARSAL}/correct", actions.correct),
            _post(f"{REHEARSAL}/undo_correction", actions.undo_correction),
            _post(f"{REHEARSAL}/score", actions.score),
            _post(f"{REHEARSAL}/judge", actions.judge),
            _post(f"{REHEARSAL}/own", actions.keep_own),
            _post(f"{REHEARSAL}/star", actions.star),
            Route(f"{REHEARSAL}/sound", downloads.sound),
            Route(f"{REHEARSAL}/export", downloads.export),
            Route("/rehearsals.csv", downloads.table),
            Route("/check", call_pages.check_page),
            _post("/check", call_pages.check),
            Route("/voice-check", voice_pages.voice_page),
            _post("/voice-check", voice_pages.check),
            _post("/voice-check/use", voice_pages.use),
            _post("/voice-check/again", voice_pages.again),
            Route(MODEL, model_pages.show),
            _post(MODEL, model_pages.start),
            _post(f"{MODEL}/stop", model_pages.stop),
            Route(f"{MODEL}/state", model_pages.state),
            Route("/call", call_pages.call_page),
            _post("/call", call_pages.start),
            Route("/call/events", call_pages.events),
            _post("/call/key", call_pages.key),
            _post("/call/captions", call_pages.captions),
            Route("/drill", drill_pages.choose),
            Route("/drill/events", drill_pages.events),
            _post("/drill/key", drill_pages.key),
            Route("/drill/{part}", drill_pages.drill),
            _post("/drill/{part}", drill_pages.begin),
            _post("/drill/{part}/typed", drill_pages.typed),
            _post("/call/said", call_pages.said),
            Route("/sheets", sheet_pages.sheets),
            Route("/first-evening/{name}", first_evening_pages.hear),
            Route("/first-evening/{name}/sound", first_evening_pages.sound),
            _post("/first-evening/skip", first_evening_pages.skip),
            _post("/sheets", sheet_pages.save, files=1),
            _post("/sheets/keep", sheet_pages.keep_draft),
            Route("/new-sheet", sheet_pages.new),
            Route("/examples", sheet_pages.examples),
            Route(SHEET, sheet_pages.change),
            Route(f"{SHEET}/card", sheet_pages.card),
            _post(f"{SHEET}/after", sheet_pages.note_real_call),
            _post(f"{SHEET}/copy", sheet_pages.copy),
            _post(f"{SHEET}/rename", sheet_pages.rename),
            Route(f"{SHEET}/delete", sheet_pages.ask_delete),
            _post(f"{SHEET}/delete", sheet_pages.delete),
            Route("/scenarios", scenario_pages.show),
            Route("/scenarios/start-from", scenario_pages.to_start_from),
            _post("/scenarios", scenario_pages.add, files=1),
            _post("/scenarios/delete", scenario_pages.delete),
            Route("/handset", handset_pages.show),
            Route("/handset/state", handset_pages.state),
            _post("/handset/open", handset_pages.open_handset),
            _post("/handset/confirm", handset_pages.confirm),
            _post("/handset/hang-up", handset_pages.hang_up),
            _post("/handset/close", handset_pages.close),
            WebSocketRoute("/telephone", _telephone),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        exception_handlers={
            RehearseError: _explained,
            NotFound: _not_found,
            HTTPException: _http_error,
            Exception: _broken,
        },
    )
    app.state.site = site
    return PageGate(
        app, site.keys, lambda: locked(site, "locked.html", command=site.choices.command)
    )


async def _telephone(socket: WebSocket) -> None:
    site = socket.app.state.site
    await telephone.connect(socket, Switchboard() if site.call_is_on_phone else site.switchboard)


def _post(path: str, action: Callable[[Request, FormData], Response], *, files: int = 0) -> Route:
    """The target of a form; it needs the token of our own forms. `files`: at most this many."""

    async def checked(request: Request) -> Response:
        async with request.form(max_files=files, max_fields=MOST_FIELDS) as form:
            token = request.headers.get("x-form-token") or form.get("form_token")
            if not isinstance(token, str) or not site_of(request).keys.is_form_token(token):
                raise HTTPException(403)
            return await run_in_threadpool(action, request, form)

    handler: Callable[[Request], Awaitable[Response]] = checked
    return Route(path, handler, methods=["POST"])


def _explained(request: Request, error: Exception) -> Response:
    assert isinstance(error, RehearseError)
    return site_of(request).explained(error)


def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, RehearseError)
    return site_of(request).explained(error, 404)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem, remedy = {
        403: ("That form is from another visit.", "Load the page again and retry."),
        404: ("There is no such page.", "The list of rehearsals is a good place to start."),
        405: ("That is not how this address is used.", "Go back to the list of rehearsals."),
    }.get(error.status_code, ("The browser sent something odd.", "Load the page again and retry."))
    return site_of(request).explained(RehearseError(problem, remedy), error.status_code)


def _broken(request: Request, error: Exception) -> Response:
    return site_of(request).explained(
        RehearseError(
            f"Something went wrong inside the program ({type(error).__name__}).",
            "Nothing was lost. Go back and try again.",
        ),
        500,
    )
