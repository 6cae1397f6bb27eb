"""Known models: Whisper's weights by name, their place and size."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

SERVER = "https://openaipublic.azureedge.net/main/whisper/models"


@dataclass(frozen=True)
class KnownModel:
    """Weights that openai-whisper knows by `name`: a file on a server, and its SHA-256."""

    name: str
    file: str
    sha256: str
    size_bytes: int
    server: str = SERVER

    @property
    def url(self) -> str:
        return f"{self.server}/{self.sha256}/{self.file}"

    @property
    def host(self) -> str:
        return urlsplit(self.server).hostname or ""


_FILES = (
    ("tiny.en", "d3dd57d32accea0b295c96e26691aa14d8822fac7d9d27d5dc00b4ca2826dd03", 75_571_315),
    ("tiny", "65147644a518d12f04e32d6f3b26facc3f8dd46e5390956a9424a650c0ce22b9", 75_572_083),
    ("base.en", "25a8566e1d0c1e2231d1c762132cd20e0f96a85d16145c3a00adf5d1ac670ead", 145_261_783),
    ("base", "ed3a0b6b1c0edf879ad9b11b1af5a0e6ab5db9205f891f668f8b0e6c6326e34e", 145_262_807),
    ("small.en", "f953ad0fd29cacd07d5a9eda5624af0f6bcf2258be67c92b79389873d91e0872", 483_615_683),
    ("small", "9ecf779972d90ba49c06d968637d720dd632c55bbf19d441fb42bf17a411e794", 483_617_219),
    (
        "medium.en",
        "d7440d1dc186f76616474e0ff0b3b6b879abc9d1a4926b7adfa41db2d497ab4f",
        1_528_006_491,
    ),
    ("medium", "345ae4da62f9b3d59415adc60127b97c714f32e89e936602e85993674d08dcb1", 1_528_008_539),
    ("turbo", "aff26ae408abcba5fbf8813c21e62b0941638c5f6eebfb145be0c9839262a19a", 1_617_941_637),
    ("large-v1", "e4b87e7e0bf463eb8e6956e646f1e277e901512310def2c24bf0e11bd3c28e9a", 3_086_999_982),
    ("large-v2", "81f7c96c852ee8fc832187b0132e569d6c3065a3252ed18e56effd0b6a73e524", 3_086_999_982),
    ("large-v3", "e5b1a55b89c1367dacf97e3e19bfd829a01529dbfdeefa8caeb59b3f1b81dadb", 3_087_371_615),
)
_OTHER_FILES = {"turbo": "large-v3-turbo.pt"}
ALIASES = {"large": "large-v3", "large-v3-turbo": "turbo"}

KNOWN: dict[str, KnownModel] = {
    name: KnownModel(name, _OTHER_FILES.get(name, f"{name}.pt"), sha256, size_bytes)
    for name, sha256, size_bytes in _FILES
}
"""From the smallest to the largest."""
OFFERED = ("base", "small", "medium", "turbo")
"""Worth a try for somebody whom the smaller ones do not understand: no English-only ones, and none
that need more memory than most computers have."""


def known(name: str) -> KnownModel | None:
    """The model of this name, None if there is none."""
    return KNOWN.get(ALIASES.get(name, name))
