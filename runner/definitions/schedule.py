"""When a connection runs: one of five kinds, each in a time zone."""

import re
from datetime import time
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from runner.definitions.declaration import Declaration, OneOrMore
from runner.definitions.duration import Duration
from runner.definitions.format import TimeZone
from runner.errors import nearest

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
KINDS = ("every", "times_per_day", "weekdays", "days_of_month", "weekday_of_month")
TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def weekday(value: Any) -> str:
    """Return `mon` for `mon` and `Monday`; raises ValueError with the nearest spelling."""
    text = str(value).lower()
    if text in LONG:
        return WEEKDAYS[LONG.index(text)]
    if text not in WEEKDAYS:
        guess = nearest(text, [*WEEKDAYS, *LONG])
        raise ValueError(f"found '{value}'.{guess} Allowed here: {', '.join(WEEKDAYS)}")
    return text


def _weekday_of_month(value: Any) -> str:
    ordinal, _, day = str(value).lower().partition(" ")
    if ordinal not in ORDINALS or not day.strip():
        guess = nearest(ordinal, ORDINALS) if ordinal not in ORDINALS else ""
        raise ValueError(
            f"found '{value}'.{guess} Expected one of {', '.join(ORDINALS)}, and a weekday,"
            " as in `first mon`"
        )
    return f"{ordinal} {weekday(day.strip())}"


def _day_of_month(value: Any) -> Any:
    """Return -1 for `last`, as days from the end of the month are counted."""
    text = str(value).lower()
    if text == "last":
        return -1
    if not re.fullmatch(r"-?[0-9]+", text) or not 1 <= abs(int(text)) <= 31:
        raise ValueError(
            f"found '{value}'.{nearest(text, ['last'])} Expected a day from 1 to 31, `last`,"
            " or from the end of the month -1 (the last) to -31"
        )
    return int(text)


def _time_of_day(value: Any) -> str:
    match = TIME.fullmatch(str(value))
    if match is None:
        raise ValueError(f"found '{value}'; expected a time of day such as \"06:00\"")
    return f"{int(match[1]):02}:{match[2]}"


def _an_interval(value: float) -> float:
    if value < 60:
        raise ValueError(f"found {value:g} seconds; the shortest interval is 1 minute")
    return value


TEXT = WithJsonSchema({"type": "string"})
DAY = WithJsonSchema(
    {"anyOf": [{"type": "integer", "minimum": -31, "maximum": 31}, {"const": "last"}]}
)


class Schedule(Declaration):
    """When a connection runs."""

    every: Annotated[Duration, AfterValidator(_an_interval)] | None = None
    times_per_day: Annotated[int, Field(ge=1, le=288)] | None = None
    weekdays: OneOrMore[Annotated[str, BeforeValidator(weekday), TEXT]] = ()
    days_of_month: OneOrMore[Annotated[int, BeforeValidator(_day_of_month), DAY]] = ()
    weekday_of_month: Annotated[str, BeforeValidator(_weekday_of_month), TEXT] | None = None
    at: Annotated[str, BeforeValidator(_time_of_day), TEXT] | None = None
    timezone: TimeZone | None = None

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Refuse a text, such as that of cron."""
        if isinstance(value, str):
            example = '{weekdays: [monday, friday], at: "03:00"}'
            raise ValueError(f"found '{value}'; expected a schedule such as {example}")
        return value

    @model_validator(mode="after")
    def _is_one_kind(self) -> Self:
        stated = [kind for kind in KINDS if getattr(self, kind) not in (None, ())]
        if len(stated) != 1:
            found = " and ".join(f"`{kind}`" for kind in stated) or "none"
            raise ValueError(f"expected exactly one of {', '.join(KINDS)}; found {found}")
        if self.every and self.at:
            raise ValueError("`at` has no meaning beside `every`: it runs all day round")
        return self

    @property
    def time(self) -> time:
        """Return the time of day of `at`; midnight where it is absent."""
        hour, minute = (self.at or "00:00").split(":")
        return time(int(hour), int(minute))
