"""Whole calls whose manager is phrased by a language model, on a server of the tests' own."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import chat_server as behaviour
from tests.chat_server import MODEL, ChatTestServer, Reply, Trap, chat_server, says, script_of
from tests.program import FIXTURES, Outcome, command, rehearse

pytestmark = pytest.mark.slow

SAID = (
    "Hi, this is Maria Lopez. We met on Tuesday.\n"
    "What does the job pay?\n"
    "Sorry, could you repeat that?\n"
    "I would plan the loading slots the evening before, so that trucks wait less. "
    "How do you expect this job to contribute to the business?\n"
)
SECRET = "zebracorn"


def local(url: str) -> tuple[str, ...]:
    return "--manager", "local", "--manager-address", url


def typed_call(home: Path, server: ChatTestServer, **env: str) -> Outcome:
    return rehearse(home, "call", "--typed", "--no-sound", "--no-sheet", "--seed", "1",
                    *local(server.url), stdin=SAID, env=env)  # fmt: skip


def events(home: Path, kind: str) -> list[dict]:
    [log] = home.glob("rehearsals/*/events.jsonl")
    found = [json.loads(line) for line in log.read_text().splitlines()]
    return [event for event in found if event["event"] == kind]


def kept(home: Path) -> dict:
    [file] = home.glob("rehearsals/*/rehearsal.json")
    return json.loads(file.read_text())


def in_other_words(request: dict) -> str:
    """What a model may write that keeps to the script: its content, its question, its goodbye."""
    script = script_of(request)
    said = max(re.findall(r"[^.!?]+[.]", script), key=len, default=" Yes.")
    question = " Would you say more?" if "?" in script else ""
    return f"Well, {SECRET},{said}{question}{' Goodbye.' if 'bye' in script.lower() else ''}"


def turns_in(request: dict) -> int:
    """How often the caller has spoken; 0 in the try-out, which has no line of the manager's."""
    talk = request["messages"][-1]["content"]
    return talk.count("\nCaller: ") if "\nYou: " in talk else 0


def test_the_manager_speaks_the_models_words_and_the_script_decides(tmp_path: Path) -> None:
    talk = ("call", "--no-sound", "--no-sheet", "--seed", "1", "--no-fluency", "--candidate",
            FIXTURES / "d_question_only__piper-joe.flac")  # fmt: skip
    with chat_server(says(in_other_words)) as server:
        done = rehearse(tmp_path / "local", *talk, *local(server.url))
    assert done.status == 0, done.err
    assert f"Manager's words: {MODEL} at 127.0.0.1:{server.port}" in done.out
    assert f"Manager: Well, {SECRET}, " in done.out
    assert rehearse(tmp_path / "script", *talk).status == 0

    phrased = events(tmp_path / "local", "ManagerSaid")
    plain = [event["text"] for event in events(tmp_path / "script", "ManagerSaid")]
    assert any(event["scripted"] for event in phrased)
    assert plain == [
        line for event in phrased for line in event["scripted"] or [event["text"]]
    ]  # fmt: skip
    with_model, by_script = kept(tmp_path / "local"), kept(tmp_path / "script")
    assert SECRET in str(with_model["transcript"])
    assert with_model["scorecard"]["score"] == by_script["scorecard"]["score"]
    why = rehearse(tmp_path / "local", "show", "--why").out
    assert f"script: {plain[1]}" in why


def test_whatever_the_server_does_the_call_goes_on_by_the_script(tmp_path: Path) -> None:
    bad = [
        says("Yes, go ahead. What is it?"),  # the try-out
        behaviour.status(500), behaviour.disconnects, says(f"*smiles* Hello {SECRET}."),
        behaviour.rambles, says(f"As an AI I cannot talk to {SECRET}."),
    ]  # fmt: skip
    with chat_server(lambda handler: bad[turns_in(handler.body)](handler)) as server:
        done = typed_call(tmp_path, server)
    assert done.status == 0, done.err
    fallbacks = events(tmp_path, "NotPhrased")
    assert len(fallbacks) == SAID.count("\n")
    assert not any(event["scripted"] for event in events(tmp_path, "ManagerSaid"))
    assert f"phrased 0 of {len(fallbacks)} replies" in " ".join(done.out.split())
    assert SECRET not in done.all
    [log] = tmp_path.glob("rehearsals/*/events.jsonl")
    assert SECRET not in log.read_text()


@pytest.mark.parametrize("after", [behaviour.hangs, says("Go ahead.", pause_s=60)])
def test_nobody_waits_for_a_server_that_hangs_or_is_slow(after: Reply, tmp_path: Path) -> None:
    with chat_server(
        lambda handler: (after if turns_in(handler.body) else says("Go on."))(handler)
    ) as server:
        done = typed_call(tmp_path, server)
    assert done.status == 0, done.err
    why = [event["why"] for event in events(tmp_path, "NotPhrased")]
    assert why == ["it was not ready in time for a first sound within 1.5 s"] * SAID.count("\n")
    assert len(events(tmp_path, "ManagerSaid")) >= 3


def test_environment_variables_send_nothing_elsewhere(tmp_path: Path) -> None:
    trap = Trap()
    env = dict.fromkeys(
        ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "OPENAI_BASE_URL"), trap.address
    )
    env |= {"NO_PROXY": "", "no_proxy": "", "OPENAI_LOG": "debug"}
    env |= dict.fromkeys(("OPENAI_API_KEY", "OPENAI_ORG_ID"), f"sk-{SECRET}")
    with chat_server(says("Go on, I have time.")) as server:
        done = typed_call(tmp_path, server, **env)
    trap.socket.close()
    assert done.status == 0, done.err
    assert trap.visits == 0
    assert server.chats
    assert SECRET not in str(server.requests)
    assert "loading slots" not in done.err


def test_no_server_is_an_error_before_the_phone_rings(tmp_path: Path) -> None:
    with chat_server(says(".")) as server:
        pass
    done = typed_call(tmp_path, server)
    assert done.status == 1
    assert f"No language model answers at {server.url}" in done.err
    assert "Ringing" not in done.out


def test_options_of_the_model_need_it(tmp_path: Path) -> None:
    done = rehearse(tmp_path, "call", "--typed", "--manager-model", "x")
    assert done.status == 2
    assert "--manager local" in done.err


def test_another_computer_is_not_used_before_it_was_confirmed(tmp_path: Path) -> None:
    with chat_server(says("Go on.")) as server:
        address = f"http://0.0.0.0:{server.port}"  # this computer, but not by a loopback address
        done = rehearse(tmp_path, "call", "--typed", *local(address))
        assert done.status == 1
        assert "may go to 0.0.0.0" in done.err
        assert server.requests == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_another_computer_is_confirmed_once_and_shown_during_the_call(tmp_path: Path) -> None:
    import pexpect

    with chat_server(says("Go on, I have time.")) as server:
        host = f"0.0.0.0:{server.port}"
        program, *arguments = command(
            tmp_path, "call", "--typed", "--no-sound", "--no-sheet", *local(f"http://{host}")
        )

        def talk(answer: Callable[[pexpect.spawn], None]) -> str:
            terminal = pexpect.spawn(program, arguments, encoding="utf-8", timeout=120,
                                     dimensions=(40, 120))  # fmt: skip
            answer(terminal)
            terminal.expect(pexpect.EOF)
            terminal.close()
            return str(terminal.before)

        def refuses(terminal: pexpect.spawn) -> None:
            terminal.expect_exact(f"Send it to {host}?")
            assert "not encrypted" in terminal.before
            terminal.sendline("n")

        def agrees(terminal: pexpect.spawn) -> None:
            terminal.expect_exact(f"Send it to {host}?")
            terminal.sendline("y")
            hangs_up(terminal)

        def hangs_up(terminal: pexpect.spawn) -> None:
            terminal.expect_exact(f"(type now) (goes to {host})")
            terminal.sendline("/q")

        assert "Nothing was sent." in talk(refuses)
        assert server.requests == []
        talk(agrees)
        talk(hangs_up)
        assert server.chats
