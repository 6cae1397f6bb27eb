"""Act heard: training utterances as tiny.en transcribed them.

`python -m training.act_heard 2500` speaks that many utterances of training/acts with synthetic
voices, in rooms and over the telephone, and writes acts_heard.tsv: what was said, a tab, what was
recognised. Utterances that are there already are skipped, so it can be stopped and resumed.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from rehearse import wiring
from training.act_model import HEARD, read_heard, utterances
from training.speak import Piper, espeak, worsen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    wanted = parser.parse_args()
    transcriber = wiring.load_transcriber(Path(tempfile.mkdtemp()), None)
    piper, known = Piper(), read_heard()
    texts = sorted({said.text for said in utterances()})
    random.Random(5).shuffle(texts)
    with HEARD.open("a", encoding="utf-8") as file:
        for text in texts[: wanted.count]:
            if text in known:
                continue
            rng = random.Random(text)
            sound, _ = piper.speak(text, rng) if rng.random() < 0.5 else espeak(text, rng)
            sound, _ = worsen(sound, rng)
            heard = " ".join(word.text for word in transcriber.transcribe(sound))
            file.write(f"{text}\t{heard}\n")
            file.flush()


if __name__ == "__main__":
    main()
