"""A call of a Python function of the project with a batch of rows (R4).

A cluster gets this module as its code: it imports nothing of runner but what is sent too.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow

from runner.engine.raised import Raised, raised_of
from runner.errors import counted


class CallError(Exception):
    """A call that went wrong: what is wrong, and what was raised."""

    def __init__(self, what: str, raised: Raised | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.raised = raised


def answer(
    call: Callable[[pyarrow.RecordBatch], Any], makes: Sequence[str], batch: pyarrow.RecordBatch
) -> pyarrow.StructArray:
    """Return the columns that a function makes of a batch, as structs of texts.

    Raises CallError where the function fails, or gives other columns or rows.
    """
    try:
        made = _columns(call(batch), makes)
        arrays = [_texts(made[name]) for name in makes]
    except CallError:
        raise
    except Exception as error:
        raise CallError("it raised", raised_of(error)) from error
    for name, array in zip(makes, arrays, strict=True):
        if len(array) != batch.num_rows:
            given, values = counted(batch.num_rows, "row"), counted(len(array), "value")
            raise CallError(f"it was given {given}, and gave {values} of `{name}`")
    return pyarrow.StructArray.from_arrays(arrays, names=list(makes))


def _columns(made: Any, makes: Sequence[str]) -> Mapping[str, Any]:
    if isinstance(made, pyarrow.RecordBatch | pyarrow.Table):
        made = {name: made[name] for name in made.schema.names}
    if not isinstance(made, dict):
        kind = type(made).__name__
        raise CallError(f"it gave a {kind}; expected a RecordBatch or a dict")
    if set(made) != set(makes):
        found = ", ".join(map(str, made)) or "none"
        raise CallError(f"it gave the columns {found}; `into` names {', '.join(makes)}")
    return made


def _texts(values: Any) -> pyarrow.Array:
    """Return values of any type as texts."""
    array = values if isinstance(values, pyarrow.Array | pyarrow.ChunkedArray) else None
    array = pyarrow.array(values) if array is None else array
    if isinstance(array, pyarrow.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(pyarrow.string())
