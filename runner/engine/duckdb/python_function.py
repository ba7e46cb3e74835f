"""A Python function that the engine calls on batches of rows, as Arrow columns (R4)."""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

import pyarrow

from runner.errors import ExecutionError, counted

POSITIONAL = Parameter.POSITIONAL_ONLY


class PythonFunction:
    """A function from named columns to named columns; all of them are text.

    It is given a `pyarrow.RecordBatch` and returns one, or a mapping of names to arrays or
    lists, a value for each row. `failure` holds what went wrong in the last call that failed.
    """

    def __init__(
        self,
        call: Callable[[pyarrow.RecordBatch], Any],
        given: tuple[str, ...],
        makes: tuple[str, ...],
        failed: Callable[[str, BaseException | None], ExecutionError],
    ) -> None:
        self.call = call
        self.given = given
        self.makes = makes
        self.failed = failed
        self.failure: ExecutionError | None = None
        # The engine counts the parameters.
        self.__signature__ = Signature(
            [Parameter(f"column_{number}", POSITIONAL) for number in range(len(given))]
        )

    def __call__(self, *columns: pyarrow.ChunkedArray) -> pyarrow.Array:
        """Return the columns it makes, as an array of structs.

        Raises ExecutionError where the function fails, or gives other columns or rows.
        """
        arrays = [column.combine_chunks() for column in columns]
        batch = pyarrow.RecordBatch.from_arrays(arrays, names=list(self.given))
        try:
            return self._structs(self.call(batch), batch.num_rows)
        except ExecutionError as error:
            self.failure = error
            raise
        except Exception as error:
            self.failure = self.failed("it raised", error)
            raise self.failure from error

    def _structs(self, made: Any, rows: int) -> pyarrow.Array:
        if isinstance(made, pyarrow.RecordBatch | pyarrow.Table):
            made = {name: made[name] for name in made.schema.names}
        if not isinstance(made, dict):
            kind = type(made).__name__
            raise self.failed(f"it gave a {kind}; expected a RecordBatch or a dict", None)
        if set(made) != set(self.makes):
            found = ", ".join(map(str, made)) or "none"
            message = f"it gave the columns {found}; `into` names {', '.join(self.makes)}"
            raise self.failed(message, None)
        arrays = [_texts(made[name]) for name in self.makes]
        for name, array in zip(self.makes, arrays, strict=True):
            if len(array) != rows:
                given, made = counted(rows, "row"), counted(len(array), "value")
                message = f"it was given {given}, and gave {made} of `{name}`"
                raise self.failed(message, None)
        return pyarrow.StructArray.from_arrays(arrays, names=list(self.makes))


def _texts(values: Any) -> pyarrow.Array:
    """Return values of any type as texts."""
    array = values if isinstance(values, pyarrow.Array | pyarrow.ChunkedArray) else None
    array = pyarrow.array(values) if array is None else array
    if isinstance(array, pyarrow.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(pyarrow.string())
