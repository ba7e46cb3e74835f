"""The events that an export goal sends beside its profiles."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from runner.definitions.declaration import Declaration, shorthand

LAST = re.compile(r"last ([1-9][0-9]{0,3}) (days?|weeks?|months?|years?)")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _date(value: Any) -> Any:
    text = str(value).strip()
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"found '{text}': {error}") from error
    raise ValueError(f"found '{text}'; expected a date such as 2025-01-31")


Day = Annotated[date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]


class Period(Declaration):
    """When events happened that are exported: of all time, lately, or between two dates."""

    # Such as `30 days`: from midnight, so many days before the build.
    last: str = ""
    # First and last day, both included.
    since: Annotated[Day | None, Field(alias="from")] = None
    until: Annotated[Day | None, Field(alias="to")] = None

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return the full form of `all` and of `last 30 days`."""
        if not isinstance(value, str):
            return value
        text = str(value).strip().lower()
        if text == "all":
            return shorthand(value)
        if not LAST.fullmatch(text):
            raise ValueError(
                f"found '{value}'; expected all, such as `last 30 days`, or"
                " `{from: 2025-01-01, to: 2025-12-31}`"
            )
        return shorthand(value, last=text.removeprefix("last "))

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.last and not LAST.fullmatch(f"last {self.last}"):
            raise ValueError(f"found '{self.last}'; expected such as 30 days")
        if self.since and self.until and self.until < self.since:
            raise ValueError("the period ends before it begins")
        return self

    @property
    def back(self) -> tuple[int, str] | None:
        """Return how far back it reaches, such as 30 and `day`; None where it is not so stated."""
        if not self.last:
            return None
        count, unit = self.last.split()
        return int(count), unit.removesuffix("s")


class EventExport(Declaration):
    """Which events of the exported profiles are sent, a file per type and per nested list."""

    types: Literal["all"] | tuple[str, ...] = "all"
    period: Period = Period()
    # As the goal's, with `{event}`: the type, or the type and the nested list.
    file_name: str = "{segment}_{event}_{timestamp}.csv"
