"""`python -m benchmarks`: the list of benchmarks."""

print(
    "python -m benchmarks.live           time after the last word, errors, turns, growth, memory\n"
    "python -m benchmarks.transcription  speed and errors on whole files, compared with others\n"
    "python -m benchmarks.scoring        verdicts compared with labelled pitches\n"
    "python -m benchmarks.delivery       pauses, um and uh, pace, cost\n"
    "python -m benchmarks.review         how fast the pages are with 10,000 rehearsals\n"
    "python -m benchmarks.faults         what is lost when devices, disk or program fail\n"
    "python -m benchmarks.telephone      calls through a browser: gap, echo, bad network\n"
    "python -m benchmarks.setting_up     from a clone to the first call, by part\n"
    "python -m benchmarks.many           a class on one core, on two, on a cluster; its page\n"
    "python -m benchmarks.replay ID      a saved call again, with today's code"
)
