"""Handset app: pair, call, result. Nothing else is served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Scope
from starlette.websockets import WebSocket

from rehearse.errors import RehearseError
from rehearse.preparing.saved_sheets import Sheets
from rehearse.rehearsing.call_setup import Speaking
from rehearse.report.wording import BUSINESS_CONTRIBUTION, CRITICAL_QUESTION, VERDICTS
from rehearse.web import call_pages, live, telephone
from rehearse.web.call_session import CallSession
from rehearse.web.gate import Gate, cookie_of, reads_pages
from rehearse.web.handset.pairing import Pairing, Stage
from rehearse.web.locked import locked
from rehearse.web.site import STATIC, Site
from rehearse.web.start_form import Through
from rehearse.web.telephone import Switchboard

COOKIE = "rehearse_handset"
ENTER = "/enter"
FILES = {
    "call.js": "text/javascript",
    "phone_line.js": "text/javascript",
    "line_worklet.js": "text/javascript",
    "handset.js": "text/javascript",
    "design.css": "text/css",
    "phone.css": "text/css",
    "icon.svg": "image/svg+xml",
}
_STRANGER = "Scan the code on your computer to use this phone for your call."


def handset_app(site: Site, pairing: Pairing, host: str) -> ASGIApp:
    """The whole app. `host`: address and port in the requests of the handset's browser."""
    app = Starlette(
        routes=[
            Route("/", _home),
            Route("/state", _state),
            _post("/call", _start),
            Route("/call", _call),
            Route("/call/events", _events),
            _post("/call/key", _key),
            _post("/call/captions", _captions),
            Route("/rehearsals/{id}", _result),
            WebSocketRoute("/telephone", _telephone),
            Route("/static/{name}", _file),
        ],
        exception_handlers={RehearseError: _explained, Exception: _broken},
    )
    app.state.site = site
    app.state.pairing = pairing
    return _HandsetGate(app, pairing, host, lambda: locked(site, "handset_locked.html"))


class _HandsetGate(Gate):
    """Lets in only the paired device, and on it only our own pages."""

    def __init__(
        self, app: ASGIApp, pairing: Pairing, host: str, locked: Callable[[], ASGIApp]
    ) -> None:
        super().__init__(app)
        self._locked = locked
        self._pairing = pairing
        self._host = host

    def _may_connect(self, headers: Headers) -> bool:
        ours = headers.get("origin") == f"https://{self._host}"
        return ours and self._knows(headers) and self._pairing.stage is Stage.PAIRED

    def _knows(self, headers: Headers) -> bool:
        value = cookie_of(headers, COOKIE)
        return (
            headers.get("host") == self._host
            and value is not None
            and self._pairing.is_session(value)
        )

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        if headers.get("host") != self._host:
            return PlainTextResponse("Unknown host.", 421)
        origin = headers.get("origin")
        reading = scope["method"] in ("GET", "HEAD")
        if (origin is not None or not reading) and origin != f"https://{self._host}":
            return PlainTextResponse("Unknown origin.", 403)
        if scope["path"] == ENTER:
            return None
        if not self._knows(headers):
            return self._stranger(headers)
        # Until the words are compared, only their page is served.
        free = scope["path"] in ("/", "/state") or scope["path"].startswith("/static/")
        return None if free or self._pairing.stage is Stage.PAIRED else RedirectResponse("/", 303)

    def _stranger(self, headers: Headers) -> ASGIApp:
        return self._locked() if reads_pages(headers) else PlainTextResponse(_STRANGER, 403)

    def _entry(self, scope: Scope) -> ASGIApp | None:
        if scope["path"] != ENTER:
            return None
        query = scope["query_string"].decode("latin-1")
        if self._knows(Headers(scope=scope)):
            return RedirectResponse("/", 303)
        session = self._pairing.enter(query.removeprefix("code="))
        if session is None:
            return self._stranger(Headers(scope=scope))
        response = RedirectResponse("/", 303)
        response.set_cookie(
            COOKIE, session, httponly=True, secure=True, samesite="strict", path="/"
        )
        return response


def _site(request: Request) -> Site:
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def _pairing(request: Request) -> Pairing:
    pairing = request.app.state.pairing
    assert isinstance(pairing, Pairing)
    return pairing


def _page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    token = _pairing(request).form_token
    return _site(request).page(template, status, handset_token=token, **values)


def _post(path: str, action: Callable[[Request, FormData], Response]) -> Route:
    async def checked(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=5) as form:
            token = request.headers.get("x-form-token") or form.get("form_token")
            if not isinstance(token, str) or not _pairing(request).is_form_token(token):
                raise HTTPException(403)
            return await run_in_threadpool(action, request, form)

    handler: Callable[[Request], Awaitable[Response]] = checked
    return Route(path, handler, methods=["POST"])


def _home(request: Request) -> Response:
    pairing, stage = _pairing(request), _stage(request)
    if pairing.stage is Stage.PAIRED and _site(request).call_is_on_phone:
        return RedirectResponse("/call", 303)
    return _page(request, "handset_home.html", words=pairing.words, stage=stage)


def _state(request: Request) -> Response:
    return JSONResponse({"stage": _stage(request)})


def _stage(request: Request) -> str:
    """What the first page is about: the pairing, or "busy" while the computer is in a call."""
    pairing, site = _pairing(request), _site(request)
    busy = site.call_is_on and not site.call_is_on_phone
    return "busy" if busy and pairing.stage is Stage.PAIRED else pairing.stage


def _own_call(site: Site) -> CallSession | None:
    """The newest call, if it is the phone's own: the computer's calls are none of its business."""
    return site.call if site.call is not None and site.call.on_phone else None


def _start(request: Request, form: FormData) -> Response:
    """Ring, with the latest choices on the computer, or those that its first page offers."""
    import dataclasses

    site = _site(request)
    speaking = Speaking.VOICE if site.start.speaking is Speaking.TYPED else site.start.speaking
    choices = dataclasses.replace(
        site.start,
        sheet=site.start.sheet_offered(Sheets(site.store.home)),
        through=Through.PAGE,
        speaking=speaking,
        sound=True,
    )
    return call_pages.begin(site, choices, on_phone=True)


def _call(request: Request) -> Response:
    call = _own_call(_site(request))
    if call is None:
        return RedirectResponse("/", 303)
    return call_pages.shown_once(call) or _page(request, "handset_call.html", call=call)


async def _events(request: Request) -> Response:
    call = _own_call(_site(request))
    if call is None:
        raise HTTPException(404)
    return live.event_stream(call, request)


def _key(request: Request, form: FormData) -> Response:
    return live.press(_own_call(_site(request)), request, form, "/call")


def _captions(request: Request, form: FormData) -> Response:
    site = _site(request)
    return call_pages.switch_captions(site, _own_call(site), form)


def _result(request: Request) -> Response:
    """The result in two lines; everything else is on the computer."""
    kept = _site(request).store.folder(request.path_params["id"]).load()
    card = kept.scorecard
    verdicts = (
        ()
        if card is None
        else (
            (BUSINESS_CONTRIBUTION, VERDICTS[card.business_contribution]),
            (CRITICAL_QUESTION, VERDICTS[card.critical_question]),
        )
    )
    return _page(request, "handset_result.html", verdicts=verdicts)


async def _telephone(socket: WebSocket) -> None:
    site = socket.app.state.site
    await telephone.connect(socket, site.switchboard if site.call_is_on_phone else Switchboard())


def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    return Response((STATIC / name).read_bytes(), media_type=FILES[name])


def _explained(request: Request, error: Exception) -> Response:
    assert isinstance(error, RehearseError)
    return _page(request, "handset_error.html", 400, problem=error.problem, remedy=error.remedy)


def _broken(request: Request, error: Exception) -> Response:
    problem = f"Something went wrong inside the program ({type(error).__name__})."
    return _page(request, "handset_error.html", 500, problem=problem, remedy="Try again.")
