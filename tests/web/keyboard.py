"""Keyboard: a person who has no mouse."""

from playwright.sync_api import Locator, Page

CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
"""What can be used without a mouse."""
BY_HAND = {"click", "pointerdown", "mousedown", "touchstart"}
FOCUS_PX = "3px"
_MATCHES = "(one, controls) => one.matches(controls)"

_MARK = """(controls) => {
  const seen = [];
  const usable = (one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled
    && (one.type !== "radio" || one === radioInTurn(one));
  const radioInTurn = (one) => {
    const named = [...document.getElementsByName(one.name)];
    const group = named.filter((other) => other.form === one.form);
    return group.find((other) => other.checked) || group[0];
  };
  for (const one of document.querySelectorAll(controls)) {
    if (!usable(one)) continue;
    one.dataset.byKeyboard = seen.length;
    seen.push(one.outerHTML.slice(0, 100));
  }
  return seen;
}"""
"""Numbers all that Tab must reach now. Of radio buttons, Tab reaches one; arrows move on."""

_FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const look = getComputedStyle(one);
  return { number: one.dataset.byKeyboard, html: one.outerHTML.slice(0, 100),
    outline: look.outlineStyle === "none" ? "0px" : look.outlineWidth };
}"""


def check_controls(page: Page) -> None:
    """A person without a mouse can use all that is on the page now."""
    page.wait_for_load_state()  # until all styles are there, no focus shows, and what hides may not
    _check_all_is_reached(page)
    _check_clicks_are_for_all(page)


def _check_all_is_reached(page: Page) -> None:
    """Tab reaches all that can be used, the focus shows, and nothing holds it: forwards and
    backwards it leaves the page after the last."""
    for key in ("Tab", "Shift+Tab"):
        wanted = page.evaluate(_MARK, CONTROLS)
        reached, left = set(), False
        for _ in range(2 * len(wanted) + 5):  # from wherever the focus is, past the end, and on
            page.keyboard.press(key)
            focused = page.evaluate(_FOCUSED)
            if focused is None:
                left = True
                continue
            assert focused["outline"] == FOCUS_PX, f"no focus to be seen: {focused['html']}"
            reached.add(focused["number"])
        assert left, f"{key} never leaves the page; last: {focused}"
        missed = [html for number, html in enumerate(wanted) if str(number) not in reached]
        assert not missed, f"{key} does not reach {missed}"


def _check_clicks_are_for_all(page: Page) -> None:
    """What listens to a click or a pointer can have the focus."""
    devtools = page.context.new_cdp_session(page)
    count = page.evaluate("document.querySelectorAll('body *').length")
    for place in range(count):
        found = devtools.send(
            "Runtime.evaluate", {"expression": f"document.querySelectorAll('body *')[{place}]"}
        )["result"]
        if "objectId" not in found:
            continue
        listeners = devtools.send("DOMDebugger.getEventListeners", {"objectId": found["objectId"]})[
            "listeners"
        ]
        if {one["type"] for one in listeners} & BY_HAND:
            usable = page.locator("body *").nth(place).evaluate(_MATCHES, CONTROLS)
            assert usable, f"only a mouse reaches {found.get('description')}"
    devtools.detach()


def press(page: Page, control: Locator, key: str = "Enter") -> None:
    """Go to `control` with Tab, and press `key` there."""
    control.wait_for()
    for _ in range(100):
        page.keyboard.press("Tab")
        if control.evaluate("(one) => one === document.activeElement"):
            break
    else:
        raise AssertionError(f"Tab does not reach {control}")
    page.keyboard.press(key)
