"""Engines for a call through a page: the browser's microphone and loudspeaker."""
