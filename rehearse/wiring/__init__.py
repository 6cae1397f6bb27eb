"""Wiring: the only place that chooses engines and devices."""

from rehearse.wiring.calls import (
    Loaders,
    opened_call,
    preflight_parts,
)
from rehearse.wiring.class_scorer import (
    ClassScorer,
)
from rehearse.wiring.computer import (
    default_home,
    licensed_parts,
    this_machine,
    write_shortcut,
)
from rehearse.wiring.documents import (
    job_ad_text,
    pasted_job_ad,
    read_job_ad,
)
from rehearse.wiring.lines import (
    candidate_line,
    device_line,
    has_loudspeaker,
    heard_line,
    microphones_and_loudspeakers,
    page_line,
    speaker_line,
)
from rehearse.wiring.meaning import (
    ClosablePhraser,
    find_phraser,
    load_act_classifier,
    load_embedder,
    load_example_vectors,
    load_rescorer,
    load_tagger,
)
from rehearse.wiring.speech import (
    DEFAULT_MODEL,
    LiveTranscriber,
    MeasurerWhenNeeded,
    TranscriberBehindTheRing,
    call_transcriber,
    installed_models,
    larger_model,
    live_listener,
    load_detector,
    load_transcriber,
    model_name,
    sound_tools,
    voice_check_models,
)
from rehearse.wiring.voices import (
    engine_voices,
    keep_sound,
    load_tones,
    load_voice,
    piper_is_installed,
    sample_voices,
)

__all__ = [
    "DEFAULT_MODEL",
    "ClassScorer",
    "ClosablePhraser",
    "LiveTranscriber",
    "Loaders",
    "MeasurerWhenNeeded",
    "TranscriberBehindTheRing",
    "call_transcriber",
    "candidate_line",
    "default_home",
    "device_line",
    "engine_voices",
    "find_phraser",
    "has_loudspeaker",
    "heard_line",
    "installed_models",
    "job_ad_text",
    "keep_sound",
    "larger_model",
    "licensed_parts",
    "live_listener",
    "load_act_classifier",
    "load_detector",
    "load_embedder",
    "load_example_vectors",
    "load_rescorer",
    "load_tagger",
    "load_tones",
    "load_transcriber",
    "load_voice",
    "microphones_and_loudspeakers",
    "model_name",
    "opened_call",
    "page_line",
    "pasted_job_ad",
    "piper_is_installed",
    "preflight_parts",
    "read_job_ad",
    "sample_voices",
    "sound_tools",
    "speaker_line",
    "this_machine",
    "voice_check_models",
    "write_shortcut",
]
