"""Locked: what a browser without a key is shown."""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from rehearse.web.gate import policy_hash
from rehearse.web.site import STATIC, Site


def locked(site: Site, template: str, **values: object) -> Response:
    """A page that carries its style: a browser without a key gets no file of ours."""
    style = (STATIC / "design.css").read_text(encoding="utf-8")
    policy = f"default-src 'none'; style-src '{policy_hash(style)}'; base-uri 'none'"
    return HTMLResponse(
        site.markup(template, {**values, "inline_style": Markup(style)}),
        403,
        {"Content-Security-Policy": policy},
    )
