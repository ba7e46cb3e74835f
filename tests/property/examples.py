"""How many examples a property test draws: a third of them by default, all in `make properties`."""

import os

IS_THOROUGH = bool(os.environ.get("ALL_EXAMPLES"))


def examples(count: int) -> int:
    """Return the number of examples to draw, of `count` that a thorough run draws."""
    return count if IS_THOROUGH else max(count // 3, 2)
