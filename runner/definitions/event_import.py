"""How the rows of an import goal become events of a type (E1 to E4)."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from runner.definitions.declaration import Declaration, Scalar, shorthand
from runner.definitions.file_source import Name


class EventValue(Declaration):
    """Where the value of a property of an event, or of a nested item, comes from."""

    # A column, `source.column`, or a SQL expression over the joined row.
    source: Annotated[str | None, Field(alias="from")] = None
    # A constant, instead of `from`.
    value: Scalar = None

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return what was written without its shorthand."""
        if isinstance(value, str):
            return shorthand(value, **{"from": value})
        is_form = isinstance(value, dict) and {"from", "value"} & {*value}
        if isinstance(value, list | dict) and not is_form:
            raise ValueError(
                "found a list inside a nested list: a nested list cannot hold lists of its own."
                " Allowed here: a column, an expression, or {value: ...}"
            )
        return value

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.source is None) == (self.value is None):
            raise ValueError("expected either `from` (a column) or `value` (a constant)")
        return self


class EventImport(Declaration):
    """Events that an import goal makes of its rows."""

    type: Name
    # What is the same in all rows of an event; where absent, or without a value in a row, it
    # is made from the profile, the time and the properties (E1).
    id: str | None = None
    # When it happened.
    at: str
    # SQL condition: rows for which it does not hold make no such event.
    when: str | None = None
    properties: dict[Name, EventValue] = {}
    # Nested list -> property of its items -> where the value comes from.
    nested: dict[Name, dict[Name, EventValue]] = {}
    # Keeps the table `products` from the nested items (E4).
    product_store: bool = False
