"""How much of what could be tried is tried: a tenth in `make test`, all in `make thorough`."""

import os
from collections.abc import Iterable
from typing import TypeVar

from hypothesis import strategies as st

Item = TypeVar("Item")

IS_THOROUGH = bool(os.environ.get("THOROUGH"))


def examples(count: int) -> int:
    """Return how many examples to draw, of `count` that a thorough run draws."""
    return count if IS_THOROUGH else max(count // 10, 1)


def drawn(strategy: st.SearchStrategy[Item]) -> st.SearchStrategy[Item]:
    """Return a strategy of which only a thorough run tries the simplest example.

    Hypothesis begins with that one, whose files have hardly a line; it would be all that is tried.
    """
    if IS_THOROUGH:
        return strategy
    return st.booleans().filter(bool).flatmap(lambda _: strategy)


def some(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items that are tried: every tenth, and all in a thorough run."""
    every = tuple(items)
    return every if IS_THOROUGH else every[len(every) % 10 // 2 :: 10]
