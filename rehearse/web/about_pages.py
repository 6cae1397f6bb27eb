"""About pages: version, parts and licence texts."""

from __future__ import annotations

import functools

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from rehearse import wiring
from rehearse.engines.licences.parts import Part
from rehearse.web.site import NotFound, site_of


@functools.cache
def _parts() -> list[Part]:
    return wiring.licensed_parts()


def about(request: Request) -> Response:
    """What the program is made of."""
    return site_of(request).page("about.html", parts=list(enumerate(_parts())))


def licence(request: Request) -> Response:
    """The licence texts of one part. Raises NotFound."""
    number = int(request.path_params["number"])
    if number >= len(_parts()) or not (text := _parts()[number].text()):
        raise NotFound("There is no such licence text.", "The page About lists them all.")
    return PlainTextResponse(text)
