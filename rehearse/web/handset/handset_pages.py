"""Handset pages: the code, the words, and closing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rehearse.web.handset.handset import Handset, home_address
from rehearse.web.site import site_of

if TYPE_CHECKING:
    from rehearse.web.site import Site


def show(request: Request) -> Response:
    """The code while the listener is open; else an explanation and the button."""
    site = site_of(request)
    handset = _open_one(site)
    return site.page("handset.html", handset=handset, code=handset.code() if handset else "")


def state(request: Request) -> Response:
    """For polling: the stage, and the rehearsal once the call is over."""
    site = site_of(request)
    handset = _open_one(site)
    kept = None
    if site.call is not None and site.call.over and site.call.line is not None:
        kept = next((e["id"] for e in site.call.events_from(0) if e["event"] == "Kept"), None)
    stage = handset.pairing.stage if handset is not None else "closed"
    return JSONResponse({"stage": stage, "call_is_on": site.call_is_on, "kept": kept})


def open_handset(request: Request, form: FormData) -> Response:
    site = site_of(request)
    if _open_one(site) is None:
        site.handset = Handset(site, home_address())
    return RedirectResponse("/handset", 303)


def confirm(request: Request, form: FormData) -> Response:
    """Take the answer whether both devices show the same words."""
    handset = _open_one(site_of(request))
    if handset is not None:
        handset.pairing.confirm(form.get("same") == "1")
    return RedirectResponse("/handset", 303)


def close(request: Request, form: FormData) -> Response:
    handset = _open_one(site_of(request))
    if handset is not None:
        handset.close()
    return RedirectResponse("/handset", 303)


def _open_one(site: Site) -> Handset | None:
    handset = site.handset
    return handset if isinstance(handset, Handset) and handset.is_open else None
