"""The moments at which a schedule runs."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from runner.definitions.schedule import LAST_DAY, ORDINALS, WEEKDAYS, Schedule

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_MINUTES = 24 * 60


def occurrences(schedule: Schedule, zone: str, after: datetime) -> Iterator[datetime]:
    """Return the moments after `after`, without end, in order, in UTC.

    `zone` holds where the schedule states none. A wall time that a clock skips is later by what
    it was moved; one that comes twice counts the first time; moments that fall together are one.
    """
    after = after.astimezone(UTC)
    if schedule.every is not None:
        yield from _steady(timedelta(seconds=schedule.every), after)
        return
    where = ZoneInfo(schedule.timezone or zone)
    last = after
    day = after.astimezone(where).date() - timedelta(days=1)
    while True:
        if _runs_on(schedule, day):
            moments = (_moment(day, clock, where) for clock in times_of_day(schedule))
            for moment in sorted(moments):
                if moment > last:
                    yield moment
                    last = moment
        day += timedelta(days=1)


def next_run(schedule: Schedule, zone: str, after: datetime) -> datetime:
    """Return the first moment after `after`."""
    return next(occurrences(schedule, zone, after))


def times_of_day(schedule: Schedule) -> tuple[time, ...]:
    """Return the wall times of a day on which a schedule runs, earliest first."""
    count = schedule.times_per_day or 1
    first = schedule.time.hour * 60 + schedule.time.minute
    minutes = sorted(
        (first + number * DAY_MINUTES // count) % DAY_MINUTES for number in range(count)
    )
    return tuple(time(minute // 60, minute % 60) for minute in minutes)


def _steady(step: timedelta, after: datetime) -> Iterator[datetime]:
    moment = EPOCH + ((after - EPOCH) // step) * step
    while True:
        moment += step
        yield moment


def _runs_on(schedule: Schedule, day: date) -> bool:
    days = monthrange(day.year, day.month)[1]
    if schedule.weekdays:
        return WEEKDAYS[day.weekday()] in schedule.weekdays
    if schedule.days_of_month:
        is_last = day.day == days and LAST_DAY in schedule.days_of_month
        return is_last or day.day in schedule.days_of_month
    if schedule.weekday_of_month:
        ordinal, weekday = schedule.weekday_of_month.split()
        if WEEKDAYS[day.weekday()] != weekday:
            return False
        if ordinal == "last":
            return day.day + 7 > days
        return (day.day - 1) // 7 == ORDINALS.index(ordinal)
    return True


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
