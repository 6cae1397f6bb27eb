"""`python -m benchmarks.many`: a class on one or more workers.

The same recordings (the fixtures, repeated with a sample of noise so that each is new) are scored
by each way in the same run. Needs two quiet cores; --only page and --only writing need one. On busy
ones, compare what was computed: the seconds of the processor, of all processes together.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import soundfile

from benchmarks.talks import machine
from rehearse.cli.class_output import make_folder, write_class
from rehearse.keeping.class_results import ClassResults
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.class_plan import Entry, content_sha256
from rehearse.rehearsing.class_run import ClassRun, KeyedEntry
from rehearse.rehearsing.class_scoring import Task
from rehearse.report.class_rows import ClassRow
from rehearse.report.class_view import class_view
from rehearse.sound import SAMPLE_RATE_HZ
from rehearse.web.class_page import ClassPages
from rehearse.wiring import ClassScorer

FIXTURES = pathlib.Path(__file__).parents[1] / "audio_fixtures"
ROWS = 10_000
STARTING_S = 120
IDLE_S = 10


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many")
    parser.add_argument("--only", choices=("speed", "page", "writing"))
    parser.add_argument("--recordings", type=int, default=24)
    parser.add_argument("--whisper", nargs="+", metavar="FILE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.whisper:
        only_whisper(options.whisper)
        return
    print(machine() + "\n")
    if options.only in (None, "speed"):
        speed(options.recordings)
    if options.only in (None, "page"):
        page()
    if options.only in (None, "writing"):
        writing()


def speed(count: int) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top)
        sound_s = recordings(folder / "class", count)
        print(f"{count} recordings, {sound_s / 60:.1f} min of speech, one thread a worker\n")
        print(
            "| way | wall s | hours of speech per core-hour | of ideal | computed s | "
            "speech per computed | of one worker's | peak GB per worker |"
        )
        print("|---|---|---|---|---|---|---|---|")
        one_s = one_computed_s = 0.0
        for name, cores, run in ways(folder, count):
            began = time.perf_counter()
            seen = run()
            wall_s = time.perf_counter() - began
            one_s, one_computed_s = one_s or wall_s, one_computed_s or seen.computed_s
            print(
                f"| {name} | {wall_s:.1f} | {sound_s / (wall_s * cores):.1f} | "
                f"{one_s / (wall_s * cores):.2f} | {seen.computed_s:.1f} | "
                f"{sound_s / seen.computed_s:.1f} | {one_computed_s / seen.computed_s:.2f} | "
                f"{seen.peak_gb:.2f} |",
                flush=True,
            )


@dataclasses.dataclass(frozen=True)
class Seen:
    """What a way took: the most memory of one process, and seconds of the processor, of all."""

    peak_gb: float
    computed_s: float


def ways(folder: pathlib.Path, count: int) -> Iterator[tuple[str, int, Callable[[], Seen]]]:
    def class_of(name: str, *options: str) -> list[str]:
        return rehearse(folder / f"home-{name}", "class", str(folder / "class"), "--to",
                        str(folder / f"out-{name}"), *options)  # fmt: skip

    yield "rehearse class --jobs 1", 1, lambda: watched(class_of("one", "--jobs", "1"))
    yield "rehearse class --jobs 2", 2, lambda: watched(class_of("two", "--jobs", "2"))
    with contextlib.suppress(ImportError), dask_cluster(folder) as (address, *cluster):
        yield "rehearse class --dask, two workers", 2, lambda: watched(
            class_of("dask", "--dask", address), *cluster
        )  # fmt: skip
    files = sorted(str(path) for path in (folder / "class").iterdir())

    def loop(command: Callable[[str], list[str]]) -> Seen:
        seen = [watched(command(file)) for file in files]
        return Seen(max(one.peak_gb for one in seen), sum(one.computed_s for one in seen))

    home = folder / "home-loop"
    yield (
        "a loop over rehearse score",
        1,
        lambda: loop(lambda file: rehearse(home, "score", file, "--json")),
    )
    if shutil.which("ffmpeg"):
        checkpoint = folder / "tiny.en.pt"
        save_checkpoint(checkpoint)
        yield (
            "a loop over whisper, no score",
            1,
            lambda: loop(lambda file: whisper(file, checkpoint, folder / "out-whisper")),
        )
    else:
        print("openai-whisper's own command needs ffmpeg, which is missing.", file=sys.stderr)
    yield (
        "openai-whisper transcribe(), one process, no score",
        1,
        lambda: watched([sys.executable, "-m", "benchmarks.many", "--whisper", *files]),
    )


def only_whisper(files: list[str]) -> None:
    """The library's own transcribe() with the same weights, read by PyAV: no ffmpeg is needed."""
    import torch

    from rehearse.engines.audio.audio_file import read_audio
    from rehearse.engines.whisper.weights import load_model

    torch.set_num_threads(1)
    model = load_model("tiny.en", pathlib.Path(tempfile.gettempdir())).model
    for file in files:
        model.transcribe(read_audio(pathlib.Path(file)), fp16=False)


def save_checkpoint(path: pathlib.Path) -> None:
    """The weights that rehearse uses, in the form that openai-whisper's command takes."""
    import torch

    from rehearse.engines.whisper.weights import load_model

    model = load_model("tiny.en", path.parent).model
    torch.save({"dims": vars(model.dims), "model_state_dict": model.state_dict()}, path)


def whisper(file: str, checkpoint: pathlib.Path, out: pathlib.Path) -> list[str]:
    """openai-whisper's own command line, one file as a shell loop would."""
    return [sys.executable, "-m", "whisper", file, "--model", str(checkpoint), "--fp16", "False",
            "--threads", "1", "--language", "en", "--output_dir", str(out)]  # fmt: skip


def rehearse(home: pathlib.Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "rehearse", "--home", str(home), *arguments]


def watched(command: list[str], *others: int) -> Seen:
    """Run it, and look at it and `others` (a cluster's processes) with all that are below them."""
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    before_s = computed_s(others)
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    peak = [0]
    thread = threading.Thread(target=_watch, args=(process, others, peak))
    thread.start()
    _, complaint = process.communicate()
    thread.join()
    if process.returncode:
        print(f"  ({' '.join(command[2:5])} failed: {complaint.strip()[-200:]})", file=sys.stderr)
    return Seen(peak[0] / 1e9, computed_s(others) - before_s)


def computed_s(others: Sequence[int]) -> float:
    """Seconds of the processor so far: of all that this process started and that ended, and of
    `others`, which still run."""
    import psutil

    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total_s = ended.ru_utime + ended.ru_stime
    for top in map(psutil.Process, others):
        for one in (top, *top.children(recursive=True)):
            times = one.cpu_times()
            total_s += times.user + times.system
    return total_s


def _watch(process: subprocess.Popen[str], others: Sequence[int], peak: list[int]) -> None:
    import psutil

    while process.poll() is None:
        for top in (process.pid, *others):
            with contextlib.suppress(psutil.Error):
                us = psutil.Process(top)
                for one in (us, *us.children(recursive=True)):
                    with contextlib.suppress(psutil.Error):
                        peak[0] = max(peak[0], one.memory_info().rss)
        time.sleep(0.2)


@contextlib.contextmanager
def dask_cluster(folder: pathlib.Path) -> Iterator[tuple[str, int, int]]:
    """Its address, its scheduler's process, and the process below which the workers are."""
    from distributed import Client

    contact = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    module = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    scheduler = subprocess.Popen(
        [*module, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file",
         str(contact)], **quiet,
    )  # type: ignore[call-overload]  # fmt: skip
    while not contact.exists() or '"address"' not in contact.read_text():
        time.sleep(0.1)
    address = contact.read_text().split('"address": "')[1].split('"')[0]
    workers = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nworkers", "2",
         "--nthreads", "1", "--no-dashboard"], cwd=folder,
        env={**os.environ, "OMP_NUM_THREADS": "1"}, **quiet,
    )  # type: ignore[call-overload]  # fmt: skip
    try:
        with Client(address, timeout=STARTING_S, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=STARTING_S)
        before_s = computed_s((scheduler.pid, workers.pid))
        time.sleep(IDLE_S)
        idle = (computed_s((scheduler.pid, workers.pid)) - before_s) / IDLE_S
        print(f"(Without work, Dask computes {idle:.2f} s in each second.)", file=sys.stderr)
        yield address, scheduler.pid, workers.pid
    finally:
        for process in (workers, scheduler):
            process.terminate()
            process.wait()


def recordings(folder: pathlib.Path, count: int) -> float:
    """Copies of the fixtures, each new by one sample of noise; their length in seconds."""
    folder.mkdir()
    clips = [p for p in sorted(FIXTURES.glob("*.flac")) if "silent" not in p.name]
    total_s = 0.0
    for number in range(count):
        samples, _ = soundfile.read(clips[number % len(clips)], dtype="float32")
        samples[number] += np.float32(2**-12)
        soundfile.write(folder / f"memo-{number}.flac", samples, SAMPLE_RATE_HZ)
        total_s += len(samples) / SAMPLE_RATE_HZ
    return total_s


def page() -> None:
    """10,000 made-up rows: only the page's making is measured, not what the rows say."""
    rng = random.Random(1)
    verdicts = ["covered", "partly", "missing"]
    rows = [
        ClassRow(
            f"Person {number}", f"{number}.m4a", rng.randrange(0, 101, 5), rng.choice(verdicts),
            rng.choice(verdicts), rng.random() < 0.5, rng.randrange(5), rng.random() < 0.3,
            rng.random() < 0.3, rng.random() < 0.3, rng.random() < 0.1, rng.random() < 0.1, 60.0,
            rng.gauss(150, 20), rng.uniform(10, 80), 2.0, f"people/Person-{number}.html",
        )
        for number in range(ROWS)
    ]  # fmt: skip
    pages = ClassPages(pathlib.Path(tempfile.gettempdir()))
    pages.whole(class_view("warm", rows[:10]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, cpu = time.perf_counter(), time.process_time()
    text = pages.whole(class_view("A class", rows))
    wall_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
    print("\n| rows | wall s | CPU s | page, MB | more memory, MB |\n|---|---|---|---|---|")
    print(f"| {ROWS} | {wall_s:.2f} | {cpu_s:.2f} | {len(text) / 1e6:.1f} | {more:.0f} |")


def writing() -> None:
    """ROWS copies of one scored text, written as a class: how memory grows."""
    text = FIXTURES / "a_strong__piper-joe.txt"
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top)
        scorer = ClassScorer(folder, "tiny.en", False)
        sheet, identity = CallSheet(), scorer.identity()
        task = Task("0", text, content_sha256(text), sheet, identity)
        scored = scorer(task).result
        assert scored is not None
        results = ClassResults(folder)
        keyed = []
        for number in range(ROWS):
            entry = Entry(f"Person {number}", f"{number}.txt", text, sheet)
            keyed.append(KeyedEntry(entry, task.sha256, f"{number:032x}"[::-1]))
            results.save(keyed[-1].key, scored)
        memory_mb: list[float] = []

        began = time.perf_counter()
        make_folder(folder / "out")
        write_class(
            ClassRun(keyed, identity), results, folder / "out", ClassPages(folder), title="A class",
            anonymous=False, ranked=False, parquet=False,
            on_written=lambda: memory_mb.append(resident_mb()),
        )  # fmt: skip
        wall_s = time.perf_counter() - began
    print("\n| results written | wall s | MB after 100 | MB after all |\n|---|---|---|---|")
    print(f"| {ROWS} | {wall_s:.0f} | {memory_mb[99]:.0f} | {memory_mb[-1]:.0f} |")


def resident_mb() -> float:
    import psutil

    return psutil.Process().memory_info().rss / 1e6


if __name__ == "__main__":
    main()
