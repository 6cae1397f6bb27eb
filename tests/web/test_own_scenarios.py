"""Managers of one's own, on the page: a file to start from, its mistakes, a call, deleted."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.web.conftest import serving

pytestmark = pytest.mark.timeout(300)


def test_a_file_is_fetched_edited_added_and_offered(browser: Browser, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(home) as server:
        page = browser.new_page()
        page.goto(server.address())
        page.get_by_text("More: hold to talk").click()
        page.get_by_role("link", name="managers of your own").click()
        with page.expect_download() as fetched:
            page.get_by_role("link", name="Get a file to start from").click()
        text = Path(fetched.value.path()).read_text()

        mine = tmp_path / "Aunt Mary (new).toml"
        mine.write_text(text.replace("goodbye_s", "godbye_s"))
        page.get_by_label("Your file").set_input_files(mine)
        page.get_by_role("button", name="Add it").click()
        expect(page.get_by_role("alert")).to_contain_text("godbye_s")
        expect(page.get_by_role("alert")).to_contain_text("line ")
        assert not (home / "scenarios").exists(), "a file with mistakes is not kept"

        title = next(line for line in text.splitlines() if line.startswith("title"))
        mine.write_text(text.replace(title, 'title = "Aunt Mary"'))
        page.get_by_label("Your file").set_input_files(mine)
        page.get_by_role("button", name="Add it").click()
        expect(page.get_by_role("status")).to_contain_text("Added: Aunt Mary.")
        assert (home / "scenarios" / "Aunt-Mary-new.toml").is_file()
        page.get_by_role("link", name="first page").first.click()
        page.get_by_label("Whom you reach").select_option(label="Aunt Mary (your own)")

        (home / "scenarios" / "Aunt-Mary-new.toml").write_text("name = 3")  # edited afterwards
        page.goto(f"{server.base}/scenarios")
        expect(page.get_by_text("name must be text")).to_be_visible()
        page.get_by_text("Delete", exact=True).click()
        page.get_by_role("button", name="Delete it").click()
        expect(page.get_by_text("name must be text")).to_have_count(0)
        assert not list((home / "scenarios").iterdir())
        page.close()
