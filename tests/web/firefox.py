"""Firefox: driven through its Marionette protocol."""

from __future__ import annotations

import contextlib
import json
import select
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
START_LIMIT_S = 60.0
ANSWER_S, ATTEMPTS = 15.0, 4
_PREFS = {
    "marionette.port": 0,
    "media.navigator.permission.disabled": True,
    "media.navigator.permission.fake": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "browser.aboutwelcome.enabled": False,
}


class Firefox:
    """One page. Scripts return plain values."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=START_LIMIT_S)
        self._file = self._socket.makefile("rb")
        self._number = 0
        self._read()
        self._ask("WebDriver:NewSession", {"acceptInsecureCerts": True})

    def _read(self) -> Any:
        digits = b""
        while (byte := self._file.read(1)) != b":":
            digits += byte
        return json.loads(self._file.read(int(digits)))

    def _ask(self, command: str, values: Mapping[str, object]) -> Any:
        self._send(command, values)
        return self._answer(command)

    def _send(self, command: str, values: Mapping[str, object]) -> None:
        self._number += 1
        message = json.dumps([0, self._number, command, values]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))

    def _answer(self, command: str) -> Any:
        """The answer to what was sent last; earlier ones that come late are left out."""
        number = 0
        while number != self._number:
            _, number, error, answer = self._read()
        if error is not None:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return answer

    def go(self, address: str) -> None:
        self._ask("WebDriver:Navigate", {"url": address})

    def run(self, script: str) -> Any:
        """What the script returns. One that meets a change of pages may never be answered, and is
        sent again."""
        command = "WebDriver:ExecuteScript"
        for _ in range(ATTEMPTS):
            self._send(command, {"script": script, "args": []})
            if select.select([self._socket], [], [], ANSWER_S)[0]:
                return self._answer(command)["value"]
        raise TimeoutError(script)

    def click(self, selector: str) -> None:
        """Waits for the page that it leads to; a script sent meanwhile may never be answered."""
        found = self._ask("WebDriver:FindElement", {"using": "css selector", "value": selector})
        [element] = found["value"].values()
        self._ask("WebDriver:ElementClick", {"id": element})

    def wait(self, condition: str, limit_s: float = 120.0) -> None:
        ends_at = time.monotonic() + limit_s
        while not self.run(f"return Boolean({condition})"):
            if time.monotonic() > ends_at:
                raise TimeoutError(condition)
            time.sleep(0.2)

    def close(self) -> None:
        self._socket.close()


@contextlib.contextmanager
def started(env: Mapping[str, str], prefs: Mapping[str, object] | None = None) -> Iterator[Firefox]:
    assert PROGRAM is not None, "needs Firefox: sudo apt install firefox-esr"
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});"
                 for name, value in {**_PREFS, **(prefs or {})}.items()]  # fmt: skip
        (Path(folder) / "user.js").write_text("\n".join(lines))
        process = subprocess.Popen(
            [PROGRAM, "--headless", "--marionette", "--no-remote", "--profile", folder],
            env={**env, "HOME": folder}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield Firefox(_port(Path(folder)))
        finally:
            process.terminate()
            process.wait(20)


def _port(profile: Path) -> int:
    """Firefox writes the port that it chose into its profile."""
    ends_at = time.monotonic() + START_LIMIT_S
    while time.monotonic() < ends_at:
        with contextlib.suppress(OSError, ValueError):
            return int((profile / "MarionetteActivePort").read_text())
        time.sleep(0.1)
    raise TimeoutError("Firefox opened no Marionette port")
