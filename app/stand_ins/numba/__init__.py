"""Stand-in for numba in the bundle, which saves 206 MB.

Only `whisper.timing` imports it, for a function that rehearse never calls. Decorated functions stay
as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])


def jit(**_: object) -> Callable[[Function], Function]:
    """A decorator that changes nothing."""
    return lambda function: function
