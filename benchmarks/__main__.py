"""`python -m benchmarks`: which tables there are."""

print(
    "python -m benchmarks.live           after the end of a talk, words, turns, growth, memory\n"
    "python -m benchmarks.transcription  speed and errors over whole files, peers beside it\n"
    "python -m benchmarks.scoring        verdicts against labelled pitches"
)
