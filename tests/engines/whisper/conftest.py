"""The library is imported as the program imports it."""

from rehearse.engines.whisper.library import import_whisper

import_whisper()
