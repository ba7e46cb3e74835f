"""When schedules run, on days with 23, 24 and 25 hours (DESIGN.md 3.2)."""

from datetime import UTC, datetime
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest

from runner.definitions.schedule import Schedule
from runner.service.occurrences import occurrences

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SPRING, AUTUMN = (2026, 3, 29), (2026, 10, 25)


def runs(written, start, end, zone="Europe/Amsterdam"):
    """Return the runs from `start` up to `end`, as local times with their offset."""
    schedule = Schedule.model_validate(written)
    begin, stop = (datetime(*day, tzinfo=AMSTERDAM) for day in (start, end))
    moments = occurrences(schedule, zone, begin.astimezone(UTC).replace(microsecond=0))
    found = takewhile(lambda moment: moment < stop, moments)
    return [moment.astimezone(AMSTERDAM).strftime("%d %H:%M %z") for moment in found]


def test_time_that_the_spring_skips_is_later_by_an_hour():
    found = runs({"times_per_day": 1, "at": "02:30"}, SPRING, (2026, 3, 31))
    assert found == ["29 03:30 +0200", "30 02:30 +0200"]


def test_time_that_comes_twice_in_autumn_runs_once():
    found = runs({"times_per_day": 1, "at": "02:30"}, AUTUMN, (2026, 10, 27))
    assert found == ["25 02:30 +0200", "26 02:30 +0100"]


@pytest.mark.parametrize(
    ("day", "next_day", "hours"), [(SPRING, (2026, 3, 30), 23), (AUTUMN, (2026, 10, 26), 25)]
)
def test_every_counts_elapsed_time_over_both_changes(day, next_day, hours):
    assert len(runs({"every": "30 minutes"}, day, next_day)) == 2 * hours - 1


def test_two_wall_times_that_fall_together_in_spring_run_once():
    found = runs({"times_per_day": 24, "at": "00:00"}, SPRING, (2026, 3, 30))
    assert len(found) == len(set(found)) == 22


def test_times_per_day_are_spread_from_the_first():
    found = runs({"times_per_day": 3, "at": "22:00"}, (2026, 6, 1), (2026, 6, 2))
    assert found == ["01 06:00 +0200", "01 14:00 +0200", "01 22:00 +0200"]


def test_weekdays_keep_their_wall_time_over_the_change():
    found = runs(
        {"weekdays": ["sat", "Sunday", "mon"], "at": "06:00"}, (2026, 3, 28), (2026, 3, 31)
    )
    assert found == ["28 06:00 +0100", "29 06:00 +0200", "30 06:00 +0200"]


def test_day_that_a_month_lacks_is_passed_over():
    found = runs({"days_of_month": [31], "at": "06:00"}, (2026, 3, 1), (2026, 6, 1))
    assert found == ["31 06:00 +0200", "31 06:00 +0200"]


def test_last_day_of_the_month_has_whatever_number():
    found = runs({"days_of_month": "last", "at": "06:00"}, (2026, 1, 1), (2026, 5, 1))
    assert [run[:2] for run in found] == ["31", "28", "31", "30"]


def test_first_monday_and_last_friday():
    first = runs({"weekday_of_month": "first mon"}, (2026, 1, 1), (2026, 4, 1))
    last = runs({"weekday_of_month": "last friday"}, (2026, 1, 1), (2026, 4, 1))
    assert [run[:2] for run in first] == ["05", "02", "02"]
    assert [run[:2] for run in last] == ["30", "27", "27"]


def test_schedule_has_its_own_zone():
    found = runs({"times_per_day": 1, "at": "06:00", "timezone": "UTC"}, SPRING, (2026, 3, 30))
    assert found == ["29 08:00 +0200"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({}, "found none of them; expected exactly one of every"),
        ({"every": "1h", "weekdays": "mon"}, "found `every` and `weekdays`"),
        ({"every": "30s"}, "whole minutes or hours"),
        ({"every": "1h", "at": "06:00"}, "`at` means nothing beside `every`"),
        ({"weekdays": ["mno"]}, "Did you mean 'mon'?"),
        ({"weekdays": "mon", "at": "25:00"}, "expected a time of day"),
        ({"days_of_month": [32]}, "a day from 1 to 31, or last"),
        ({"weekday_of_month": "frist mon"}, "Did you mean 'first'?"),
        ({"weekdays": "mon", "timezone": "Europe/Amsterdm"}, "expected a time zone"),
    ],
)
def test_mistake_in_a_schedule_is_told(written, told):
    with pytest.raises(ValueError, match="(?s).*" + told.replace("?", r"\?")):
        Schedule.model_validate(written)
