"""Machine report: facts about a computer, to send us.

It contains versions, counts and times, and no name, word or path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Checked:
    """One part of the pre-flight, and how long it took in seconds."""

    what: str
    ok: bool
    took_s: float


@dataclass(frozen=True)
class Machine:
    """`devices`: how many microphones and loudspeakers; None where PortAudio is missing.
    `avx2`: None where the processor is no x86-64, or the system does not say.
    """

    program: str
    system: str
    cores: int
    memory_gb: float | None
    versions: Mapping[str, str]
    devices: tuple[int, int] | None
    avx2: bool | None


def machine_report(machine: Machine, checked: Sequence[Checked]) -> str:
    """The report as text, one fact a line."""
    memory = "unknown" if machine.memory_gb is None else f"{machine.memory_gb:.1f} GB"
    avx2 = {None: "", True: ", AVX2", False: ", no AVX2"}[machine.avx2]
    devices = (
        "PortAudio is missing"
        if machine.devices is None
        else f"{machine.devices[0]} microphones, {machine.devices[1]} loudspeakers"
    )
    return "\n".join(
        [
            machine.program,
            f"system: {machine.system}",
            f"cores: {machine.cores}, memory: {memory}{avx2}",
            f"devices: {devices}",
            *(f"{name}: {version}" for name, version in machine.versions.items()),
            *(
                f"{'ok' if one.ok else 'PROBLEM'}: {one.what} ({one.took_s:.1f} s)"
                for one in checked
            ),
        ]
    )
