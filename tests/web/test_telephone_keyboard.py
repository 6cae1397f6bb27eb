"""The telephone without a mouse: every control is reached with Tab, shows the focus, and works."""

from pathlib import Path

import pytest
from playwright.sync_api import Route, TimeoutError, expect

from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import silence
from tests.web.conftest import WAIT_MS, Telephone
from tests.web.keyboard import check_controls, press
from tests.web.test_telephone import QUESTION, in_a_room, microphone

pytestmark = pytest.mark.timeout(500)


def test_the_microphone_is_allowed_chosen_and_checked_by_keyboard(
    telephone: Telephone, tmp_path: Path
) -> None:
    page, server = telephone(*microphone(tmp_path, in_a_room(read_audio(QUESTION))))
    check_controls(page)
    press(page, page.locator("details.more > summary"))
    check_controls(page)
    page.goto(f"{server.base}/check")
    press(page, page.get_by_role("button", name="Check now"))
    expect(page.get_by_text("Ready.")).to_be_visible()
    expect(page.get_by_label("Browser’s microphone")).to_be_visible()
    check_controls(page)
    through = page.get_by_label("Sound")
    press(page, through, "ArrowDown")
    expect(through).to_have_value("computer")


def test_a_call_by_keyboard(telephone: Telephone, tmp_path: Path) -> None:
    said = in_a_room(read_audio(QUESTION), silence(2.0))
    page, _ = telephone(*microphone(tmp_path, said))
    press(page, page.locator("details.more > summary"))
    press(page, page.get_by_role("radio", name="By voice"), "ArrowDown")
    expect(page.get_by_role("radio", name="Hold to talk")).to_be_checked()
    press(page, page.get_by_role("button", name="Call now"))
    phone = page.locator("[data-call]")
    expect(page.locator("[data-state=yours]")).to_be_visible()
    check_controls(page)
    press(page, page.get_by_role("checkbox", name="Captions"), "Space")
    expect(page.get_by_role("log")).to_be_hidden()
    hold = page.locator("[data-hold]")
    press(page, hold, "Space")
    expect(hold).to_have_attribute("data-talking", "")
    press(page, hold, "Enter")
    expect(page.locator("[data-state=theirs]")).to_be_visible()

    press(page, page.get_by_role("link", name="rehearse").first)  # leaves the call, so it asks
    stay = page.get_by_role("button", name="Stay in the call")
    expect(stay).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Hang up and leave")).to_be_focused()
    page.keyboard.press("Escape")
    expect(stay).to_be_hidden()
    expect(phone).to_be_visible()
    press(page, page.get_by_role("button", name="Hang up"), "Space")
    page.wait_for_url("**/rehearsals/**", timeout=WAIT_MS)


def test_a_page_is_checked_with_all_its_styles_only(telephone: Telephone) -> None:
    page, server = telephone()
    held: list[Route] = []
    page.route("**/static/design.css", lambda route: held.append(route))
    page.goto(f"{server.base}/help", wait_until="commit")
    page.set_default_timeout(1_000)
    with pytest.raises(TimeoutError):
        check_controls(page)
    held[0].continue_()
    page.set_default_timeout(WAIT_MS)
    check_controls(page)


def test_who_has_no_microphone_types_instead_by_keyboard(telephone: Telephone) -> None:
    page, _ = telephone()
    press(page, page.get_by_role("button", name="Call now"))
    page.wait_for_url("**/call")  # and its styles: they hide what is offered later
    instead = page.get_by_role("button", name="Type instead")
    expect(instead).to_be_visible()
    check_controls(page)
    press(page, instead)
    field = page.get_by_label("What you say")
    expect(field).to_be_focused()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    check_controls(page)
    field.focus()
    page.keyboard.type("How do you expect this job to contribute?")
    page.keyboard.press("Enter")
    expect(field).to_be_empty()
