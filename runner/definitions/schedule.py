"""When a connection runs: one of five kinds, right across daylight saving."""

import re
from datetime import time
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from runner.definitions.declaration import Declaration, OneOrMore
from runner.definitions.duration import Duration
from runner.definitions.format import TimeZone
from runner.errors import nearest

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = ("first", "second", "third", "fourth", "last")
LAST_DAY = -1
"""`last` of `days_of_month`: the last day of the month, whatever its number."""
KINDS = ("every", "times_per_day", "weekdays", "days_of_month", "weekday_of_month")
MINUTE, DAY = 60.0, 86400.0


def _weekday(value: Any) -> str:
    name = str(value).strip().lower()
    if name in FULL_NAMES:
        return WEEKDAYS[FULL_NAMES.index(name)]
    if name not in WEEKDAYS:
        guess = nearest(name, (*WEEKDAYS, *FULL_NAMES))
        raise ValueError(f"found '{value}'.{guess} Allowed here: {', '.join(WEEKDAYS)}")
    return name


def _day_of_month(value: Any) -> int:
    text = str(value).strip().lower()
    if text == "last":
        return LAST_DAY
    if not text.isdecimal() or not 1 <= int(text) <= 31:
        raise ValueError(f"found '{value}'; expected a day from 1 to 31, or last")
    return int(text)


def _weekday_of_month(value: Any) -> str:
    words = str(value).lower().split()
    if len(words) != 2:
        raise ValueError(f"found '{value}'; expected such as first mon or last fri")
    if words[0] not in ORDINALS:
        guess = nearest(words[0], ORDINALS)
        raise ValueError(f"found '{words[0]}'.{guess} Allowed here: {', '.join(ORDINALS)}")
    return f"{words[0]} {_weekday(words[1])}"


def _time_of_day(value: Any) -> str:
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", str(value).strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(f"found '{value}'; expected a time of day such as \"06:00\"")
    return f"{int(found[1]):02}:{found[2]}"


Weekday = Annotated[str, BeforeValidator(_weekday)]
DayOfMonth = Annotated[
    int,
    BeforeValidator(_day_of_month),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 31}, {"const": "last"}]}
    ),
]
WeekdayOfMonth = Annotated[str, BeforeValidator(_weekday_of_month)]
TimeOfDay = Annotated[str, BeforeValidator(_time_of_day)]


class Schedule(Declaration):
    """When a connection runs (DESIGN.md 3.2)."""

    # Seconds of elapsed time, counted from midnight UTC.
    every: Duration | None = None
    # Spread evenly over the day, from `at`.
    times_per_day: Annotated[int, Field(ge=1, le=96)] | None = None
    weekdays: OneOrMore[Weekday] = ()
    # LAST_DAY is the last one; a day that a month does not have is passed over in it.
    days_of_month: OneOrMore[DayOfMonth] = ()
    weekday_of_month: WeekdayOfMonth | None = None
    at: TimeOfDay = "00:00"
    # None: the project's.
    timezone: TimeZone | None = None

    @model_validator(mode="after")
    def _has_one_kind(self) -> Self:
        stated = [kind for kind in KINDS if getattr(self, kind) not in (None, ())]
        if len(stated) != 1:
            found = f"`{'` and `'.join(stated)}`" if stated else "none of them"
            raise ValueError(f"found {found}; expected exactly one of {', '.join(KINDS)}")
        if self.every is not None:
            self._check_every()
        return self

    def _check_every(self) -> None:
        assert self.every is not None
        if not MINUTE <= self.every <= DAY or self.every % MINUTE:
            raise ValueError("`every` takes whole minutes or hours, from 1 minute to 1 day")
        idle = [name for name in ("at", "timezone") if name in self.model_fields_set]
        if idle:
            raise ValueError(
                f"`{idle[0]}` means nothing beside `every`, which counts elapsed time:"
                " use times_per_day"
            )

    @property
    def time(self) -> time:
        """Return `at` as a time."""
        hour, minute = self.at.split(":")
        return time(int(hour), int(minute))
