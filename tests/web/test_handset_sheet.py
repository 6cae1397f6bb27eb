"""Which call sheet a call from the person's own phone takes: the one that the first page offers."""

import http.cookiejar
import re
import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from rehearse.calling.manager import STAND_IN_NAME
from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.preparing.saved_sheets import Sheets
from tests.web.conftest import serving
from tests.web.own_phone import in_a_network

WAYS = (Way("cut the returns", "their costs"),)


@dataclass(frozen=True)
class Browser:
    """Pages and forms of one server, without showing them."""

    base: str
    opener: urllib.request.OpenerDirector

    def get(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=60) as answer:
            return unescape(answer.read().decode())

    def post(self, form_on: str, path: str, **fields: str) -> str:
        """Send a form that stands on the page `form_on`."""
        token = re.search(r'(?:name="form_token" value|data-token)="([^"]+)"', self.get(form_on))
        assert token, f"{form_on} has no form"
        data = urlencode({"form_token": token[1], **fields}).encode()
        request = urllib.request.Request(self.base + path, data, {"Origin": self.base})
        with self.opener.open(request, timeout=60) as answer:
            return unescape(answer.read().decode())


def browser(address: str) -> Browser:
    """A new browser, whose person goes on after the warning."""
    parts = urlsplit(address)
    opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        urllib.request.HTTPSHandler(context=ssl._create_unverified_context()),
    )
    opened = Browser(f"{parts.scheme}://{parts.netloc}", opener)
    opened.get(f"{parts.path}?{parts.query}")
    return opened


@contextmanager
def paired(home: Path) -> Iterator[tuple[Browser, Browser]]:
    """The computer and the phone."""
    if not in_a_network():
        pytest.skip("needs a network address besides 127.0.0.1")
    with serving(home, verb="phone") as server:
        computer = browser(server.address())
        code = re.search(r"<code>(\S+)</code>", computer.get("/handset"))
        assert code
        phone = browser(code[1])
        computer.post("/handset", "/handset/confirm", same="1")
        yield computer, phone


def called(device: Browser, **choices: str) -> str:
    """Call with these choices, hang up, wait for the end, and return who was called."""
    page = device.post("/", "/call", **choices)
    whom = re.search(r"<h1>(.*?)</h1>", page)
    assert whom, page
    device.post("/call", "/call/key", key="hang up")
    device.get("/call/events")
    return whom[1]


def test_a_call_from_the_phone_takes_the_sheet_that_the_first_page_offers(tmp_path: Path) -> None:
    sheets = Sheets(tmp_path)
    sheets.save("borealis", CallSheet(manager="Ivo Grant", ways=WAYS))
    sheets.save("northwind", CallSheet(manager="Priya Shah", ways=WAYS))
    sheets.save("started", CallSheet(manager="Nobody Yet"))
    with paired(tmp_path) as (computer, phone):

        def offered() -> str:
            [sheet] = re.findall(
                r'<option value="(borealis|northwind|)" selected>', computer.get("/")
            )
            return sheet

        assert offered() == "northwind"
        assert called(phone) == "Priya Shah", "the first call since the server started"
        assert called(computer, as_before="1", sheet="borealis") == "Ivo Grant"
        assert offered() == "borealis"
        assert called(phone) == "Ivo Grant", "as in the last call on the computer"
        sheets.delete("borealis")
        assert offered() == "northwind"
        assert called(phone) == "Priya Shah", "the last call's sheet is gone"
        assert called(computer, as_before="1", sheet="") == STAND_IN_NAME
        assert called(phone) == STAND_IN_NAME, "none was chosen"
