"""A Python function of the project that a cluster calls (R4).

It is sent as the text of its modules, with the code here that calls it: the machines of a cluster
have neither the project nor runner. They need a Python of the same version, pyarrow, and the
packages that the modules import.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow
import pyarrow.compute

from runner import errors
from runner.engine import python_call, raised
from runner.engine.project_function import ProjectFunction
from runner.engine.python_call import CallError, answer
from runner.engine.spark import sent_modules
from runner.engine.spark.call_failure import MARK
from runner.engine.spark.sent_modules import SentModules
from runner.sql.quoting import unquoted_name

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


ANSWER = "answer"
"""Column with the answers, on the cluster."""


@dataclass(frozen=True)
class SentFunction:
    """What a cluster has to know of a function: it reads this, and nothing else of runner."""

    # The name of the column with its answers; that of the function in SQL.
    name: str
    # `module:function`.
    written: str
    files: Mapping[str, tuple[str, str]]
    given: tuple[str, ...]
    makes: tuple[str, ...]

    def answers(self, batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        """Give batches with the answers in the place of what is given, their last columns.

        The first of these tells for which rows the function is called.
        """
        modules, call = SentModules(self.files), None
        try:
            for batch in batches:
                call = call or self._loaded(modules)
                yield self._answered(call, batch)
        except CallError as error:
            shown = error.raised and self._shown(error.raised)
            told = {"name": self.name, "what": error.what, "raised": shown}
            # What the project's code raised is not shown: its message may hold personal data.
            raise RuntimeError(MARK + json.dumps(told)) from None
        finally:
            modules.forget()

    def _shown(self, error: raised.Raised) -> dict[str, Any]:
        """Return an exception with the places in the project's modules."""
        paths = {path for path, _ in self.files.values()}
        frames = tuple(frame for frame in error.frames if frame[0] in paths)
        return asdict(replace(error, frames=frames))

    def _loaded(self, modules: SentModules) -> Callable[[pyarrow.RecordBatch], Any]:
        module, _, function = self.written.partition(":")
        try:
            return getattr(modules.module(module), function)  # type: ignore[no-any-return]
        except Exception as error:
            raise CallError("it cannot be loaded", raised.raised_of(error)) from error

    def _answered(
        self, call: Callable[[pyarrow.RecordBatch], Any], batch: pyarrow.RecordBatch
    ) -> pyarrow.RecordBatch:
        kept = batch.num_columns - len(self.given) - 1
        called = pyarrow.compute.fill_null(batch.column(kept), False)
        places = pyarrow.compute.indices_nonzero(called)
        given = [column.take(places).cast(pyarrow.string()) for column in batch.columns[kept + 1 :]]
        made = self._made(call, pyarrow.RecordBatch.from_arrays(given, names=list(self.given)))
        position = iter(range(len(places)))
        order = [next(position) if is_called else None for is_called in called.to_pylist()]
        answers = made.take(pyarrow.array(order, pyarrow.int64()))
        names = [*batch.schema.names[:kept], ANSWER]
        return pyarrow.RecordBatch.from_arrays([*batch.columns[:kept], answers], names=names)

    def _made(
        self, call: Callable[[pyarrow.RecordBatch], Any], given: pyarrow.RecordBatch
    ) -> pyarrow.StructArray:
        if given.num_rows:
            return answer(call, self.makes, given)
        nothing = [pyarrow.array([], pyarrow.string()) for _ in self.makes]
        return pyarrow.StructArray.from_arrays(nothing, names=list(self.makes))


def sent_function(function: ProjectFunction) -> SentFunction:
    """Return a function of the project as a cluster gets it."""
    return SentFunction(
        unquoted_name(function.name),
        function.written,
        function.modules(),
        function.given,
        function.makes,
    )


def send_as_code() -> None:
    """Let what calls a function be sent as its code, not as names in runner."""
    from pyspark import cloudpickle  # noqa: PLC0415 - of an extra

    for module in (errors, python_call, raised, sent_modules, sys.modules[__name__]):
        cloudpickle.register_pickle_by_value(module)  # type: ignore[no-untyped-call,unused-ignore]


def answered(frame: "DataFrame", function: SentFunction) -> "DataFrame":
    """Return rows with the answers of a function, instead of what it is given."""
    from pyspark.sql.types import StringType, StructField, StructType  # noqa: PLC0415 - of an extra

    send_as_code()
    kept = frame.schema.fields[: -len(function.given) - 1]
    # The client reads a dot in a name as that of a field.
    plain = frame.toDF(*(f"column_{number}" for number in range(len(frame.columns))))
    texts = StructType([StructField(name, StringType()) for name in function.makes])
    schema = StructType([*plain.schema.fields[: len(kept)], StructField(ANSWER, texts)])
    made = plain.mapInArrow(function.answers, schema)
    return made.toDF(*(field.name for field in kept), function.name)
