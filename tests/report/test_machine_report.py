"""The report of `rehearse check --report`: facts to send, no names."""

from rehearse.report.machine_report import Checked, Machine, machine_report

MACHINE = Machine(
    program="rehearse 0.1.0 (app), Python 3.11.7",
    system="Linux 6.1 x86_64",
    cores=2,
    memory_gb=3.91,
    versions={"torch": "2.13.0"},
    devices=(1, 2),
    avx2=False,
)


def test_the_whole_report() -> None:
    checked = [Checked("Home", True, 0.01), Checked("Microphone", False, 2.04)]
    assert machine_report(MACHINE, checked) == (
        "rehearse 0.1.0 (app), Python 3.11.7\n"
        "system: Linux 6.1 x86_64\n"
        "cores: 2, memory: 3.9 GB, no AVX2\n"
        "devices: 1 microphones, 2 loudspeakers\n"
        "torch: 2.13.0\n"
        "ok: Home (0.0 s)\n"
        "PROBLEM: Microphone (2.0 s)"
    )
