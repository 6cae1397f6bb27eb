"""Handset pages: the code, the words, and closing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rehearse.web.handset.handset import Handset, home_address
from rehearse.web.handset.onlooker import PhoneCall, phone_call
from rehearse.web.site import site_of

if TYPE_CHECKING:
    from rehearse.web.site import Site


def show(request: Request) -> Response:
    """The code while the listener is open; else an explanation and the button."""
    site = site_of(request)
    handset = _open_one(site)
    call = phone_call(site.call)
    return site.page(
        "handset.html",
        handset=handset,
        code=handset.code() if handset else "",
        call=call,
        stage=_stage(handset, call),
    )


def state(request: Request) -> Response:
    """For polling: the stage, the phone's call, and its rehearsal once it is over."""
    site = site_of(request)
    call = phone_call(site.call)
    stage = _stage(_open_one(site), call)
    on = site.call_is_on_phone
    return JSONResponse({"stage": stage, "on": on, "text": call.text, "kept": call.kept})


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


def hang_up(request: Request, form: FormData) -> Response:
    """End the call on the phone, from the computer."""
    site = site_of(request)
    if site.call is not None and site.call_is_on_phone:
        site.call.hang_up()
    return RedirectResponse("/handset", 303)


def close(request: Request, form: FormData) -> Response:
    """Close the listener; a call on the phone ends, and what was said is kept and scored."""
    site = site_of(request)
    handset = _open_one(site)
    if site.call is not None and site.call_is_on_phone:
        site.call.hang_up()
    if handset is not None:
        handset.close()
    return RedirectResponse("/handset", 303)


def _stage(handset: Handset | None, call: PhoneCall) -> str:
    """What the page is about; another one needs the page anew."""
    return f"{handset.pairing.stage if handset is not None else 'closed'}, {call.stage}"


def _open_one(site: Site) -> Handset | None:
    handset = site.handset
    return handset if isinstance(handset, Handset) and handset.is_open else None
