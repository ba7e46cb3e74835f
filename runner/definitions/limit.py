"""A limit as users write it: a number such as `100`, or a share such as `1%`."""

import re
from typing import Annotated

from pydantic import AfterValidator

LIMIT = re.compile(r"[0-9]+(\.[0-9]+)?%?")
NO_LIMIT = "none"


def _limit(value: str) -> str:
    if not LIMIT.fullmatch(value):
        raise ValueError(f"found '{value}'; expected a number such as 100, or a share such as 1%")
    return value


def _max_change(value: str) -> str:
    if value != NO_LIMIT and not LIMIT.fullmatch(value):
        raise ValueError(
            f"found '{value}'; expected a share such as 30%, a number such as 100, or `none`"
        )
    return value


Limit = Annotated[str, AfterValidator(_limit)]
"""A number or a share of something."""

MaxChange = Annotated[str, AfterValidator(_max_change)]
"""The same, or `none`."""


def allowed(limit: str, total: int) -> float:
    """Return how many of `total` a limit allows."""
    return total * float(limit[:-1]) / 100 if limit.endswith("%") else float(limit)
