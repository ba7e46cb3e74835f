"""A unit test of a model: given these rows, expect those, dbt style."""

import csv
import io
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from runner.definitions.declaration import Declaration, Scalar

Row = dict[str, Any]
"""Column -> value; a column that is left out is null."""


class Rows(Declaration):
    """Rows written out: a list of `{column: value}`, or CSV with a header."""

    format: Literal["dict", "csv"] = "dict"
    rows: Any = ()

    @property
    def values(self) -> tuple[Row, ...]:
        """Return the rows; an empty value of a CSV is null."""
        if self.format == "csv":
            lines = csv.DictReader(io.StringIO(str(self.rows)), skipinitialspace=True)
            return tuple({str(name): text or None for name, text in line.items()} for line in lines)
        return tuple(dict(row) for row in self.rows or ())

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that any of the rows has, in the order in which they come."""
        return tuple(dict.fromkeys(name for row in self.values for name in row))

    @model_validator(mode="after")
    def _legible(self) -> "Rows":
        if self.format == "csv" and not isinstance(self.rows, str):
            raise ValueError("expected `rows` as CSV text with a header, as `format: csv` says")
        if self.format == "dict" and not _is_list_of_rows(self.rows):
            raise ValueError("expected `rows` as a list of `{column: value}`")
        return self


def _is_list_of_rows(rows: Any) -> bool:
    if rows is None:
        return True
    return isinstance(rows, list | tuple) and all(isinstance(row, dict) for row in rows)


class Given(Rows):
    """The rows that replace a model, a table or a source that the model reads."""

    # `ref('profiles')`, `source('webshop', 'orders', 'products')`, or `this`.
    input: str


class Overrides(Declaration):
    """What is otherwise while the model is compiled for a test."""

    vars: Annotated[dict[str, Scalar], Field(default_factory=dict)]
    is_incremental: bool = False


class UnitTest(Declaration):
    """A model run on given rows, and what it must return."""

    name: str
    model: str
    description: str = ""
    given: tuple[Given, ...] = ()
    expect: Rows
    overrides: Overrides = Overrides(vars={})
