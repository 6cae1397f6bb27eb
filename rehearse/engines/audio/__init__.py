"""Audio: files, devices, recordings, waveforms."""
