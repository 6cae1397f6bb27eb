"""`python -m tests.weights_from MODEL ARGUMENTS`: rehearse, with a speech model from elsewhere.

MODEL: the fields of a KnownModel as JSON, usually those of a tests.weights_server.
"""

import json
import sys

from rehearse.cli import main
from rehearse.engines.whisper.known_models import KNOWN, KnownModel
from rehearse.engines.whisper.library import import_whisper

if __name__ == "__main__":
    model = KnownModel(**json.loads(sys.argv.pop(1)))
    KNOWN[model.name] = model
    import_whisper()
    import whisper

    # The tests' files have the weights of tiny.en.
    whisper._ALIGNMENT_HEADS[model.name] = whisper._ALIGNMENT_HEADS["tiny.en"]
    main()
