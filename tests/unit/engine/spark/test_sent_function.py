"""A Python function of the project as a cluster calls it, and what it says of a call that failed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from runner.engine.project_function import ProjectFunction
from runner.engine.raised import Raised
from runner.engine.spark.call_failure import call_error
from runner.errors import ExecutionError

if TYPE_CHECKING:
    import pyarrow

UPPER = "def f(rows):\n    return {'n': [text.upper() for text in rows['name'].to_pylist()]}\n"


@cache
def batch() -> pyarrow.RecordBatch:
    import pyarrow  # noqa: PLC0415 - the worker that needs it loads it

    return pyarrow.RecordBatch.from_pydict(
        {"id": [1, 2, 3], "column_1": [True, None, False], "column_2": ["a", "b", None]}
    )


def function(text: str) -> ProjectFunction:
    def failed(what: str, raised: Raised | None) -> ExecutionError:
        return ExecutionError(f"{what} {raised and (raised.kind, raised.frames[-1][:2])}")

    files = {"m": ("/p/m.py", text)}
    return ProjectFunction('"shop.f"', len, ("name",), ("n",), "m:f", lambda: files, failed)


def answers(text: str, first: int = 0) -> list[dict[str, object]]:
    from runner.engine.spark.sent_function import sent_function  # noqa: PLC0415

    given = batch().slice(first)
    batches = sent_function(function(text)).answers(iter([given, given.slice(0, 1)]))
    return [row for made in batches for row in made.to_pylist()]


def test_function_is_called_for_rows_that_meet_the_condition() -> None:
    called, *left = {"id": 1, "answer": {"n": "A"}}, {"id": 2, "answer": None}
    assert answers(UPPER) == [called, *left, {"id": 3, "answer": None}, called]
    assert answers("def f(rows):\n    raise ValueError\n", 1) == [
        {"id": 2, "answer": None},
        {"id": 3, "answer": None},
        {"id": 2, "answer": None},
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("def f(rows):\n    raise ValueError('Kerkstraat')\n", "it raised ('ValueError', ('/p/m"),
        ("def f(rows):\n    return {'n': []}\n", "given 1 row, and gave 0 values of `n` None"),
        ("import no_such\n", "it cannot be loaded ('ModuleNotFoundError', ('/p/m.py', 1))"),
    ],
)
def test_call_that_failed_is_told_without_data(text: str, message: str) -> None:
    with pytest.raises(RuntimeError) as raised:
        answers(text)
    assert "Kerkstraat" not in str(raised.value)
    assert raised.value.__suppress_context__
    told = ValueError(f"An exception was thrown.\nRuntimeError: {raised.value}\n\nJVM")
    assert message in str(call_error(told, {"shop.f": function(text)}))
    assert call_error(ValueError("something else"), {}) is None
