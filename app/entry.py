"""Entry: what the bundled program does first.

Without arguments it opens the pages, with arguments it is the command line. `-m MODULE` runs a
module, as Python would: the manager's voice runs in a child process started like that.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys


def main() -> None:
    multiprocessing.freeze_support()
    leave_libraries_to_others()
    say_that_it_runs()
    if sys.argv[1:2] == ["-m"] and len(sys.argv) > 2:
        module = sys.argv[2]
        sys.argv[1:3] = []
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        return
    from rehearse.cli import main as command_line

    command_line()


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
