"""A Python function of the project that makes columns of others (R4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from runner.engine.raised import Raised
from runner.errors import ExecutionError


@dataclass(frozen=True)
class ProjectFunction:
    """A function on batches of rows, as SQL calls it; all columns are text.

    It is given a `pyarrow.RecordBatch` and returns one, or a mapping of names to arrays or lists,
    a value for each row.
    """

    # Its quoted name in SQL.
    name: str
    call: Callable[[Any], Any]
    given: tuple[str, ...]
    makes: tuple[str, ...]
    # `module:function`.
    written: str
    # Returns the modules of the project that it may import: name -> path and text.
    modules: Callable[[], Mapping[str, tuple[str, str]]]
    # Makes the error of a call that went wrong: what is wrong, and what it raised.
    failed: Callable[[str, Raised | None], ExecutionError]
