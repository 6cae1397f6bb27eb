"""Troubles: why a page gives no sound, in sentences."""

from __future__ import annotations

from rehearse.engines.browser.messages import Trouble

PROBLEMS: dict[Trouble, tuple[str, str]] = {
    "refused": (
        "Your browser does not let rehearse use the microphone.",
        "Press the microphone or the lock beside the address, allow it, and load the page again.",
    ),
    "missing": (
        "Your browser finds no microphone.",
        "Plug one in and try again.",
    ),
    "busy": (
        "Another program holds the microphone.",
        "Close the other program, or its call, and try again.",
    ),
    "unplugged": (
        "The microphone was unplugged.",
        "Plug it in again, or choose another in your system's sound settings.",
    ),
    "muted": (
        "The microphone is muted.",
        "Switch it on with its own button or in your system's sound settings.",
    ),
    "silent": (
        "Your browser has not switched the sound on.",
        "Press “Switch the sound on” on the page.",
    ),
    "background": (
        "The page of your call is in the background, where your browser gives it no sound.",
        "Go back to the page: the call goes on where it was.",
    ),
    "failed": (
        "Your browser cannot open the microphone or the loudspeaker.",
        "Load the page again; if that does not help, start the browser again.",
    ),
}
AWAY = (
    "The page of your call is closed.",
    "Open it again soon: the call goes on where it was.",
)
NOTHING = (
    "Your browser sends no sound any more.",
    "Go back to its page, or load it again; the call goes on where it was.",
)
ZEROS = (
    "The microphone gives nothing but silence.",
    "It is muted or not connected: switch it on, or choose another.",
)
NEVER_CAME = ("The page of your call did not answer.", "Load the first page and call again.")

HUNG_UP = ("You hung up before the phone rang.", "Call again when you are ready.")
