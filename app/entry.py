"""Entry: what the bundled program does first.

Without arguments it opens the pages, with arguments it is the command line. `-m MODULE` runs a
module, as Python would: the manager's voice runs in a child process started like that.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys

_OPENED_AS = "__CFBundleIdentifier"
"""Where macOS says as what a program was opened."""
BUNDLE = "org.rehearse.app"
"""What macOS calls the app (app/rehearse.spec)."""


def main() -> None:
    multiprocessing.freeze_support()
    leave_libraries_to_others()
    if double_clicked():
        start_in_background()
        return
    say_that_it_runs()
    if sys.argv[1:2] == ["-m"] and len(sys.argv) > 2:
        module = sys.argv[2]
        sys.argv[1:3] = []
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        return
    from rehearse.cli import main as command_line

    command_line()


def double_clicked() -> bool:
    """Whether Finder or Explorer opened the app."""
    if len(sys.argv) > 1 or not getattr(sys, "frozen", False):
        return False
    if sys.platform == "win32":
        import ctypes

        in_console = ctypes.windll.kernel32.GetConsoleProcessList((ctypes.c_uint32 * 2)(), 2)
        return bool(in_console == 1)  # with a terminal's shell there are two
    # A terminal hands on its own name.
    return sys.platform == "darwin" and os.environ.get(_OPENED_AS) == BUNDLE


def start_in_background() -> None:
    """Open the pages in a process of its own, which neither system takes for the app.

    While macOS takes the app to be running, another double-click only tells it so, and a program
    without windows does not answer: "not responding". What shares its process group ends with it.
    Windows 11 shows the console of such a program for as long as it runs.
    """
    environment = {n: v for n, v in os.environ.items() if n != _OPENED_AS}
    subprocess.Popen(
        [sys.executable, "review"], env=environment, start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def leave_libraries_to_others() -> None:
    """PyInstaller points LD_LIBRARY_PATH at the bundle; the browser we open must not see it."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    elif sys.platform == "linux" and getattr(sys, "frozen", False):
        os.environ.pop("LD_LIBRARY_PATH", None)


def say_that_it_runs() -> None:
    """The installer for Windows waits until nobody holds this mutex (app/installer.iss)."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.CreateMutexW(None, False, "rehearse-app")


if __name__ == "__main__":
    main()
