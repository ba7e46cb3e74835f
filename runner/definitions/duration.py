"""A length of time as users write it: `60s`, `30 minutes`, `2h`."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

UNITS = {
    "s": 1,
    "second": 1,
    "m": 60,
    "minute": 60,
    "h": 3600,
    "hour": 3600,
    "d": 86400,
    "day": 86400,
}
PATTERN = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([a-z]*?)s?\s*")


def seconds(value: Any) -> float:
    """Return the seconds in a duration; a number alone is seconds already.

    Raises ValueError with examples of durations.
    """
    text = str(value).lower()
    match = PATTERN.fullmatch(text)
    unit = (match[2] or "s") if match else ""
    if match is None or unit not in UNITS:
        raise ValueError(f"found '{value}'; expected a duration such as 60s, 30 minutes or 2h")
    return float(match[1]) * UNITS[unit]


Duration = Annotated[
    float,
    BeforeValidator(seconds),
    WithJsonSchema({"type": ["string", "number"], "examples": ["60s", "30 minutes"]}),
]
"""Seconds."""
