"""Nothing leaves this computer: a call, a drill, pages and scoring, each in a network of its own.

    python -m tests.nothing_leaves        (Linux, as root; needs strace, iproute2, util-linux)

Each runs for 30 s or more, side by side with the others. No name may be looked up, no connection
made beyond the loopback, no file written outside the home folder, the installation and the
temporary folder. Somebody agrees to a download in one of them: that, and only then, looks up its
one host. A program that does all three is the control: it must be found out.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from tests.chat_server import chat_server, says
from tests.nothing_leaves.watching import (
    child_of,
    installation,
    isolate,
    seen_in,
    start_watched,
)
from tests.program import FIXTURES, command
from tests.sound_card import RATE_HZ, VirtualSoundCard, missing_packages

LEAST_S = 30.0
LONGEST_S = 160.0
CONTROL = """
import pathlib, socket
for call in (lambda: socket.getaddrinfo("telemetry.example", 443),
             lambda: socket.create_connection(("192.0.2.1", 443), timeout=1),
             lambda: pathlib.Path.home().joinpath("device-id").write_text("x")):
    try: call()
    except OSError: pass
"""


class Scenario:
    """One use of the program inside its namespaces."""

    def __init__(self, folder: Path, asked: list[str]) -> None:
        self.folder = folder
        self.asked = asked
        """The names looked up so far."""
        self.home = folder / "home"
        self.user = folder / "user"
        self.env = {
            **os.environ, "HOME": str(self.user), "TMPDIR": str(folder / "tmp"),
            "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            self.env.pop(name, None)
        for path in (self.user, folder / "tmp"):
            path.mkdir()

    def start(self, *arguments: str | Path, program: list[str] | None = None) -> subprocess.Popen:
        return start_watched(
            program or command(self.home, *arguments), self.folder / "trace", self.env,
            cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )  # fmt: skip

    @contextlib.contextmanager
    def sound_card(self) -> Iterator[VirtualSoundCard]:
        """A card that the program finds; its client library keeps files in the card's folder."""
        with VirtualSoundCard() as card:
            ours = ("PULSE", "ALSA", "XDG_CONFIG")
            self.env |= {name: value for name, value in card.env.items() if name.startswith(ours)}
            yield card

    def finish(self, process: subprocess.Popen) -> str:
        """All it printed; what lasts too long is asked to stop, like by Ctrl-C."""
        try:
            return process.communicate(timeout=LONGEST_S)[0]
        except subprocess.TimeoutExpired:
            os.kill(child_of(process), signal.SIGINT)
            return process.communicate(timeout=30)[0]

    def check_held(self) -> None:
        """Else the scenario shows nothing: a call was held to its end and kept."""
        logs = list(self.home.glob("rehearsals/*/events.jsonl"))
        assert any("CandidateSaid" in log.read_text() for log in logs), logs
        assert any("HungUp" in log.read_text() for log in logs), logs


def call(scenario: Scenario) -> str:
    printed = _spoken(scenario, ["call", "--seed", "2"], "speak now", turns=2)
    scenario.check_held()
    assert "Score: " in printed, printed
    return printed


def local_manager(scenario: Scenario) -> str:
    """A call that a language model phrases, where the environment points elsewhere."""
    elsewhere = "http://192.0.2.1:3128"
    names = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "OPENAI_BASE_URL")
    scenario.env |= dict.fromkeys(names, elsewhere)
    scenario.env |= {"NO_PROXY": "", "no_proxy": "", "OPENAI_API_KEY": "sk-x"}
    slowly = says("Go on, I have time for that.", pause_s=LEAST_S / 3)
    with scenario.sound_card(), chat_server(slowly) as server:
        talk = FIXTURES / "d_question_only__piper-joe.flac"
        printed = scenario.finish(
            scenario.start("call", "--candidate", talk, "--no-sound", "--manager", "local",
                           "--manager-address", server.url)
        )  # fmt: skip
        assert len(server.chats) > 2, printed  # two of them are the try-out
    scenario.check_held()
    return printed


def drill(scenario: Scenario) -> str:
    printed = _spoken(scenario, ["drill", "question", "--rounds", "3"], "Round ")
    assert "Round 1" in printed, printed
    return printed


def _spoken(scenario: Scenario, arguments: list[str], cue: str, turns: int | None = None) -> str:
    """On a sound card of its own, in a room that is never quite still; the talk follows the cue.
    After this many `turns`, at the next cue, the candidate hangs up."""
    with scenario.sound_card() as card:
        room = np.random.default_rng(1).normal(0, 0.001, 300 * RATE_HZ).astype(np.float32)
        card.start_playing(room)
        process = scenario.start(*arguments)
        limit = threading.Timer(LONGEST_S, lambda: os.kill(child_of(process), signal.SIGINT))
        limit.daemon = True
        limit.start()
        printed, taken = "", 0
        for line in process.stdout:
            printed += line
            if cue in line:
                if taken == turns:
                    os.kill(child_of(process), signal.SIGINT)
                taken += 1
                card.start_playing(FIXTURES / "d_question_only__piper-joe.flac")
        process.wait()
        limit.cancel()
    return printed


def score(scenario: Scenario) -> str:
    files = sorted(FIXTURES.glob("*.flac"))
    printed = scenario.finish(scenario.start("score", *files, "--json"))
    assert '"score":' in printed, printed
    return printed


def review(scenario: Scenario) -> str:
    with scenario.sound_card():
        return _visited(scenario, _call_and_results)


def download(scenario: Scenario) -> str:
    """The pages that offer a speech model, and at the end somebody who agrees."""
    with scenario.sound_card():
        return _visited(scenario, _model_agreed_to)


def _visited(scenario: Scenario, visit: Callable[[Scenario, Ask], None]) -> str:
    process = scenario.start("review", "--no-browser")
    printed = ""
    while "Ctrl-C" not in printed:
        line = process.stdout.readline()
        assert line, printed
        printed += line
    address = urllib.parse.urlsplit(re.search(r"http://\S+", printed)[0])
    cookie, token = "", ""

    def ask(method: str, path: str, **form: str) -> str:
        nonlocal cookie
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        headers = {"Cookie": cookie, "Origin": f"http://{address.netloc}",
                   "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
        body = urllib.parse.urlencode({**form, "form_token": token}) if method == "POST" else None
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        cookie = (answer.getheader("Set-Cookie") or cookie).split(";")[0]
        text = answer.read().decode(errors="replace")
        if path.startswith("/call"):
            assert answer.status < 400, f"{method} {path}: {answer.status} {text[:300]}"
        return text

    ask("GET", f"{address.path}?{address.query}")
    token = re.search(r'name="form_token" value="([^"]+)"', ask("GET", "/"))[1]
    visit(scenario, ask)
    os.kill(child_of(process), signal.SIGTERM)
    return printed + scenario.finish(process)


def _call_and_results(scenario: Scenario, ask: Ask) -> None:
    began = time.monotonic()
    ask("POST", "/call", speaking="typed", silent="1", scenario="friendly")
    for _ in range(6):
        time.sleep(3)
        ask("POST", "/call/said", text="How do you expect this job to contribute to you?")
    ask("POST", "/call/key", key="hang up")
    while time.monotonic() - began < LEAST_S + 2:
        time.sleep(2)
        page = ask("GET", "/")
        for found in set(re.findall(r"/rehearsals/[0-9-]+", page)):
            ask("GET", found)
            ask("GET", f"{found}/export?as=html&sound=1")
            ask("POST", f"{found}/star")
    scenario.check_held()


def _model_agreed_to(scenario: Scenario, ask: Ask) -> None:
    began = time.monotonic()
    while time.monotonic() - began < LEAST_S:
        assert "Get small" in ask("GET", "/voice-check")
        assert "Download it?" in ask("GET", SMALL)
        time.sleep(2)
    assert not scenario.asked, f"before anybody agreed: {scenario.asked}"
    ask("POST", SMALL)
    while "cannot be reached" not in (page := ask("GET", SMALL)):
        assert "data-download" in page, page
        time.sleep(0.5)


def control(scenario: Scenario) -> str:
    return scenario.finish(scenario.start(program=[sys.executable, "-c", CONTROL]))


Ask = Callable[..., str]
"""Asks a page, with (method, path) and the fields of a form, for its text."""
SMALL = "/voice-check/models/small"
SCENARIOS: dict[str, Callable[[Scenario], str]] = {
    "call": call, "local": local_manager, "drill": drill, "pages": review, "score": score,
    "download": download, "control": control,
}  # fmt: skip
AGREED_TO = {"download": ["openaipublic.azureedge.net"]}
"""What a scenario may look up, after somebody has agreed to it."""


def inside(name: str, folder: Path) -> None:
    """Run one scenario in this namespace and write down what was seen."""
    resolver = isolate(folder)
    scenario = Scenario(folder, resolver.asked)
    began = time.monotonic()
    printed = SCENARIOS[name](scenario)
    lasted_s = time.monotonic() - began
    allowed = [
        scenario.home, folder / "tmp", *installation(), Path("/dev"), Path("/proc"),
        *Path(tempfile.gettempdir()).glob("rehearse-card-*"),
    ]  # fmt: skip
    seen = seen_in(folder / "trace", allowed, folder)
    result = {
        "lasted_s": lasted_s, "asked": sorted(set(resolver.asked)),
        "connections": sorted(seen.connections), "written": sorted(seen.written),
        "printed": printed[-2000:],
    }  # fmt: skip
    (folder / "result.json").write_text(json.dumps(result))


def main() -> int:
    if sys.platform != "linux" or os.geteuid() or not shutil.which("strace"):
        print("Needs Linux, root and strace: sudo apt install strace iproute2")
        return 1
    if missing := missing_packages():
        print(f"Needs a virtual sound card: sudo apt install {' '.join(missing)}")
        return 1
    wanted = sys.argv[1:] or list(SCENARIOS)
    failed = False
    # Not below the temporary folder that the programs may write to.
    with tempfile.TemporaryDirectory(prefix="nothing-leaves-", dir="/var/tmp") as scratch:
        folders = {name: Path(scratch, name) for name in wanted}
        running = {}
        for name, folder in folders.items():
            folder.mkdir()
            here = [sys.executable, "-m", "tests.nothing_leaves", "--inside", name, str(folder)]
            running[name] = subprocess.Popen(
                ["unshare", "--net", "--mount", "--propagation", "private", *here]
            )
        print(f"{'':<10}{'s':>5}  look-ups  connections  files elsewhere")
        for name, process in running.items():
            process.wait()
            try:
                result = json.loads((folders[name] / "result.json").read_text())
            except (OSError, ValueError):
                print(f"{name:<10}  did not run to its end (status {process.returncode})")
                failed = True
                continue
            found = [result["asked"], result["connections"], result["written"]]
            print(f"{name:<10}{result['lasted_s']:>5.0f}  {len(found[0]):>8}  {len(found[1]):>11}"
                  f"  {len(found[2]):>15}")  # fmt: skip
            expected = [AGREED_TO.get(name, []), [], []]
            is_right = all(found) if name == "control" else found == expected
            if name != "control" and result["lasted_s"] < LEAST_S:
                print(f"           too short: it has to last {LEAST_S:.0f} s")
                is_right = False
            if not is_right:
                failed = True
                print(f"           {found}\n{result['printed']}")
    print("FAILED" if failed else "Nothing leaves.")
    return int(failed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main())
