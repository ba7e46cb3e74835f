"""A Python function that DuckDB calls on batches of rows, as Arrow columns (R4)."""

from inspect import Parameter, Signature

import pyarrow

from runner.engine.project_function import ProjectFunction
from runner.engine.python_call import CallError, answer
from runner.errors import ExecutionError

POSITIONAL = Parameter.POSITIONAL_ONLY


class PythonFunction:
    """A function of the project as DuckDB calls it; `failure` is that of the last call."""

    def __init__(self, function: ProjectFunction) -> None:
        self.function = function
        self.failure: ExecutionError | None = None
        # The engine counts the parameters.
        numbers = range(len(function.given))
        self.__signature__ = Signature(
            [Parameter(f"column_{number}", POSITIONAL) for number in numbers]
        )

    def __call__(self, *columns: pyarrow.ChunkedArray) -> pyarrow.Array:
        """Return the columns it makes, as an array of structs; raises ExecutionError."""
        arrays = [column.combine_chunks() for column in columns]
        batch = pyarrow.RecordBatch.from_arrays(arrays, names=list(self.function.given))
        try:
            return answer(self.function.call, self.function.makes, batch)
        except CallError as error:
            self.failure = self.function.failed(error.what, error.raised)
            raise self.failure from error
