"""What an exception of the project's Python says without the data that its message may hold.

A cluster gets this module as its code: it imports nothing of runner.
"""

import traceback
from dataclasses import dataclass


@dataclass(frozen=True)
class Raised:
    """An exception: its type, and where it was raised."""

    kind: str
    # File, line and column, from 1, of each frame; the innermost is the last.
    frames: tuple[tuple[str, int, int], ...]
    # The message of an ImportError, which names a module.
    missing: str = ""


def raised_of(error: BaseException) -> Raised:
    """Return what can be shown of an exception."""
    frames = tuple(
        (frame.filename, frame.lineno or 1, (frame.colno or 0) + 1)
        for frame in traceback.extract_tb(error.__traceback__)
    )
    missing = str(error) if isinstance(error, ImportError) else ""
    return Raised(type(error).__name__, frames, missing)
