"""Runs of the five kinds of schedule, right across daylight saving."""

from datetime import UTC, datetime
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from runner.definitions.schedule import Schedule
from runner.schedule.next_run import next_run, runs

ZONE = "Europe/Amsterdam"
SPRING, AUTUMN = (2026, 3, 29), (2026, 10, 25)


def local(*parts):
    return datetime(*parts, tzinfo=ZoneInfo(ZONE))


def of_day(day, **written):
    """Return the runs of a local day as UTC hours and minutes."""
    year, month, number = day
    start, end = local(year, month, number), local(year, month, number + 1)
    before = datetime.fromtimestamp(start.timestamp() - 1, UTC)
    found = takewhile(lambda run: run < end, runs(Schedule(**written), ZONE, before))
    return [f"{run:%d %H:%M}" for run in found]


def test_skipped_time_runs_once_as_late_as_the_clock_jumped():
    assert of_day(SPRING, times_per_day=1, at="02:30") == ["29 01:30"]


def test_time_that_comes_twice_runs_once():
    assert of_day(AUTUMN, times_per_day=1, at="02:30") == ["25 00:30"]


@pytest.mark.parametrize(("day", "halves"), [(SPRING, 46), (AUTUMN, 50)])
def test_every_counts_elapsed_time_on_days_of_23_and_25_hours(day, halves):
    assert len(of_day(day, every="30 minutes")) == halves


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 24)])
def test_hours_of_the_wall_run_each_once(day, hours):
    found = of_day(day, times_per_day=24)
    assert len(found) == len(set(found)) == hours


def test_wall_time_stays_the_same_before_and_after_a_change():
    found = runs(Schedule(times_per_day=2, at="06:00"), ZONE, local(2026, 3, 28, 12))
    assert [next(found).astimezone(ZoneInfo(ZONE)).hour for _ in range(4)] == [18, 6, 18, 6]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"weekdays": ["mon", "Thursday"], "at": "06:00"}, ["03-02", "03-05", "03-09"]),
        ({"days_of_month": [1, 31], "at": "06:00"}, ["03-31", "04-01", "05-01"]),
        ({"days_of_month": "last", "at": "06:00"}, ["03-31", "04-30", "05-31"]),
        ({"days_of_month": [15, -2], "at": "06:00"}, ["03-15", "03-30", "04-15", "04-29"]),
        ({"weekday_of_month": "first mon", "at": "06:00"}, ["03-02", "04-06", "05-04"]),
        ({"weekday_of_month": "last fri", "at": "06:00"}, ["03-27", "04-24", "05-29"]),
    ],
)
def test_days_are_those_of_the_calendar(written, expected):
    found = runs(Schedule(**written), ZONE, local(2026, 3, 1, 12))
    assert [f"{next(found).astimezone(ZoneInfo(ZONE)):%m-%d}" for _ in expected] == expected


def test_zone_of_the_schedule_goes_before_that_of_the_project():
    schedule = Schedule(times_per_day=1, at="06:00", timezone="America/New_York")
    assert next_run(schedule, ZONE, local(2026, 1, 1, 8)) == datetime(2026, 1, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({}, "exactly one of"),
        ({"every": "1h", "weekdays": ["mon"]}, "`every` and `weekdays`"),
        ({"weekdays": ["wedn"]}, "Did you mean 'wed'"),
        ({"weekday_of_month": "frist mon"}, "Did you mean 'first'"),
        ({"times_per_day": 1, "at": "25:00"}, "time of day"),
        ({"every": "10s"}, "found 10 seconds; the shortest interval is 1 minute"),
        ({"weekday_of_month": "first"}, "found 'first'. Expected one of first, second, third"),
        ({"every": "1h", "timezone": "Europe/Amsterdm"}, "Did you mean 'Europe/Amsterdam'"),
        ({"times_per_day": 0}, "greater than or equal to 1"),
        ({"days_of_month": "lst"}, "Did you mean 'last'"),
        ({"days_of_month": [0]}, "from 1 to 31"),
        ({"days_of_month": [32]}, "from 1 to 31"),
        ({"days_of_month": [True]}, "from 1 to 31"),
        ({"every": "1h", "at": "06:00"}, "no meaning"),
    ],
)
def test_mistakes_are_told(written, message):
    with pytest.raises(ValidationError, match=message):
        Schedule(**written)
