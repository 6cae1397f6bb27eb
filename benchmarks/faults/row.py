"""Row: a fault, number of attempts, what happened."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    fault: str
    tries: int
    happened: str
    ok: bool

    def __str__(self) -> str:
        return f"| {self.fault} | {self.tries} | {self.happened} | {'ok' if self.ok else 'WRONG'} |"
