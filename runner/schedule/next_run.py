"""When a schedule runs next. Pure: no clock, no state.

Times of day are those of the wall. One that a change to daylight saving skips runs as late as
the clock jumped; one that comes twice runs the first time. `every` counts elapsed time.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from math import floor
from zoneinfo import ZoneInfo

from runner.definitions.schedule import ORDINALS, WEEKDAYS, Schedule

MINUTES_A_DAY = 1440


def next_run(schedule: Schedule, timezone: str, after: datetime) -> datetime:
    """Return the first run later than `after`, in UTC.

    `timezone` is that of the project, for schedules that state none.
    """
    return next(runs(schedule, timezone, after))


def runs(schedule: Schedule, timezone: str, after: datetime) -> Iterator[datetime]:
    """Return the runs later than `after`, in UTC, without end."""
    if schedule.every:
        yield from _intervals(schedule.every, after)
        return
    zone = ZoneInfo(schedule.timezone or timezone)
    last = after.astimezone(UTC)
    day = last.astimezone(zone).date() - timedelta(days=1)
    while True:
        if _is_day(schedule, day):
            for moment in _moments(schedule, day, zone):
                if moment > last:
                    yield moment
                    last = moment
        day += timedelta(days=1)


def _intervals(seconds: float, after: datetime) -> Iterator[datetime]:
    """Return the multiples of an interval since 1970, so that a restart keeps the rhythm."""
    count = floor(after.timestamp() / seconds)
    while True:
        count += 1
        yield datetime.fromtimestamp(count * seconds, UTC)


def _is_day(schedule: Schedule, day: date) -> bool:
    if schedule.weekdays:
        return WEEKDAYS[day.weekday()] in schedule.weekdays
    if schedule.days_of_month:
        from_end = day.day - monthrange(day.year, day.month)[1] - 1
        return day.day in schedule.days_of_month or from_end in schedule.days_of_month
    if schedule.weekday_of_month:
        ordinal, name = schedule.weekday_of_month.split()
        if WEEKDAYS[day.weekday()] != name:
            return False
        if ordinal == "last":
            return (day + timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == ORDINALS[ordinal]
    return True


def _moments(schedule: Schedule, day: date, zone: ZoneInfo) -> list[datetime]:
    """Return the moments of a day, in UTC and in order; two that fall together are one."""
    count = schedule.times_per_day or 1
    first = schedule.time.hour * 60 + schedule.time.minute
    minutes = {(first + MINUTES_A_DAY * index // count) % MINUTES_A_DAY for index in range(count)}
    times = [time(minute // 60, minute % 60) for minute in minutes]
    return sorted({datetime.combine(day, at, zone).astimezone(UTC) for at in times})
