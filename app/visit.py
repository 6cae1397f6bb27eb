"""Visit: the pages, seen as a browser sees them."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.parse
import urllib.request


class Visitor:
    """Enters by the address that works once, and keeps its cookie."""

    def __init__(self, address: str) -> None:
        self._base = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(address))
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)
        self._opener.open(address, timeout=30).close()

    def get(self, path: str) -> str:
        with self._opener.open(self._base + path, timeout=60) as answer:
            return str(answer.read().decode())

    def quit(self) -> None:
        """Press "Quit rehearse"."""
        token = re.search(r'name="form_token" value="([^"]+)"', self.get("/quit"))
        assert token is not None, "no form on the page that asks"
        data = urllib.parse.urlencode({"form_token": token[1]}).encode()
        request = urllib.request.Request(f"{self._base}/quit", data, headers={"Origin": self._base})
        self._opener.open(request, timeout=60).close()
