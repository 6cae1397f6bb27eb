"""Four people with four job ads find three ways on the page, by keyboard only, and axe is content.

The ads and the answers are those of the terminal's trial.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from rehearse.preparing.five_questions import QUESTIONS
from tests.preparing.test_four_ads import ADS, ANSWERS
from tests.web.conftest import Server, serving
from tests.web.test_appearance import RULES

pytestmark = pytest.mark.timeout(300)
ORDINALS = ("First", "Second", "Third")
MOST_TABS = 80


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("four-ads")) as running:
        yield running


def faults(page: Page) -> list[str]:
    page.wait_for_load_state()
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        f"{one['id']} {[node['target'] for node in one['nodes']][:3]}"
        for one in found.response["violations"]
    ]


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what has these words as name, legend or text."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        named = page.evaluate(
            "(() => { const one = document.activeElement; return [one.innerText,"
            " one.labels && one.labels[0] && one.labels[0].innerText,"
            " one.closest('fieldset') && one.closest('fieldset').querySelector('legend').innerText]"
            ".join(' | '); })()"
        )
        if all(word in named for word in words.split(" + ")):
            return
    pytest.fail(f"the Tab key does not reach {words}")


@pytest.mark.parametrize("ad", sorted(ANSWERS))
def test_three_ways_that_count_are_found_by_keyboard(page: Page, server: Server, ad: str) -> None:
    page.goto(f"{server.base}/new-sheet")
    assert not faults(page)
    tab_to(page, "Which company")
    page.keyboard.type(Path(ad).stem.replace("-", " "))
    with page.expect_navigation():  # the dialog that chooses a file belongs to the browser
        page.get_by_label("Or a file").set_input_files(ADS / ad)
    expect(page.get_by_role("heading", name="Whom the job serves")).to_be_visible()
    for place, answers in enumerate(ANSWERS[ad]):
        name = f"{ORDINALS[place]} way"
        way = page.get_by_role("group", name=name)
        tab_to(page, f"In one sentence + {name}")
        page.keyboard.type("I don't know")
        expect(way).to_contain_text("Nobody knows this at once.")
        tab_to(page, f"Help me find it + {name}")
        page.keyboard.press("Enter")
        for question, answer in zip(QUESTIONS, answers, strict=True):
            expect(way.get_by_label(question.text)).to_be_focused()
            page.keyboard.type(answer)
            page.keyboard.press("Enter")
        expect(way.get_by_label("In one sentence")).to_be_focused()
        expect(way).to_contain_text("✓ It counts")
    expect(page.get_by_text("3 of 3 ways count. The question counts.")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    assert not faults(page)


def test_a_name_is_no_number_and_the_page_says_so(page: Page, server: Server) -> None:
    page.goto(f"{server.base}/new-sheet")
    page.get_by_label("The number to call?").fill("Helen Marsh")
    page.get_by_label("Which company, or organisation?").fill("Willow Court")
    page.keyboard.press("Tab")
    expect(page.get_by_text("A number has digits, so this stays open.")).to_be_visible()
    expect(page.get_by_text("Kept as willow-court")).to_be_visible()
    assert 'phone = ""' in (server.home / "sheets" / "willow-court.toml").read_text()
    page.get_by_label("The number to call?").fill("0123 456")
    expect(page.get_by_text("A number has digits, so this stays open.")).to_have_count(0)
