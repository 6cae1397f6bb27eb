"""Browser: the microphone and loudspeaker of a page."""
