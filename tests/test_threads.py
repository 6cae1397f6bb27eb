"""Worker threads that wait leave the processor to other programs."""

import os
import subprocess
import sys

import pytest

PRINT = "import os, rehearse; print(os.environ['OMP_WAIT_POLICY'])"


@pytest.mark.parametrize(("wanted", "used"), [(None, "PASSIVE"), ("ACTIVE", "ACTIVE")])
def test_threads_do_not_spin_unless_asked_to(wanted: str | None, used: str) -> None:
    env = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    env |= {} if wanted is None else {"OMP_WAIT_POLICY": wanted}
    run = subprocess.run([sys.executable, "-c", PRINT], env=env, capture_output=True, text=True)
    assert run.stdout.strip() == used
