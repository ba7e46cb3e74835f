"""Schedules as a workflow of GitHub Actions, whose timers are daily or hourly and in UTC."""

import json
import shlex
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from runner.definitions.connection import Connection
from runner.definitions.project import Project
from runner.definitions.schedule import ORDINALS, WEEKDAYS, Schedule
from runner.errors import UsageError
from runner.schedule.next_run import MINUTES_A_DAY
from runner.schedule.timers import (
    BuildCommand,
    cron_intervals,
    day_checks,
    interval_minutes,
    scheduled,
    times_of_day,
)

HEAD = """\
# The warehouse and the staged files stay in target/ between runs: that takes a runner of your own,
# and a checkout that removes nothing. Secrets of the connections go under `env`.
name: runner
on:
  workflow_dispatch:
  schedule:
{crons}
jobs:
"""
JOB = """\
  {name}:
    runs-on: self-hosted
    if: github.event_name != 'schedule' || contains(fromJSON('{mine}'), github.event.schedule)
    steps:
      - uses: actions/checkout@v4
        with: {{clean: false}}
      - env:
          SCHEDULE: ${{{{ github.event.schedule }}}}
        run: |
{script}
"""
SHORTEST = 5
"""Minutes between two runs of a workflow, at least."""
YEAR = range(0, 366, 7)


def as_github(project: Project, command: BuildCommand) -> str:
    """Return a workflow with a job for each connection.

    A local time is one moment in UTC in winter and another in summer. Both are timers; the job ends
    at once where the offset is not that of the day, and on days that are not in the schedule.
    """
    crons: list[str] = []
    jobs = []
    for connection, schedule in scheduled(project):
        zone = schedule.timezone or project.file.timezone
        timers = _timers(connection, schedule, zone)
        crons += [cron for cron in timers if cron not in crons]
        lines = [
            *_guards(schedule, zone, timers),
            shlex.join(replace(command, runner=("runner",)).words(connection.connection)),
        ]
        script = "\n".join(f"          {line}" for line in lines)
        mine = json.dumps(list(timers))
        jobs.append(JOB.format(name=connection.connection, mine=mine, script=script))
    return HEAD.format(crons="\n".join(f'    - cron: "{cron}"' for cron in crons)) + "".join(jobs)


def _timers(connection: Connection, schedule: Schedule, zone: str) -> dict[str, set[str]]:
    """Return each timer in UTC, with the offsets of the zone for which it holds."""
    if schedule.every:
        minutes = interval_minutes(connection, schedule)
        if minutes < SHORTEST or MINUTES_A_DAY % minutes:
            raise UsageError(
                f"GitHub starts no workflow more often than every {SHORTEST} minutes, and none at"
                " an interval that does not divide a day",
                connection.location("schedule", "every"),
                hint="let `runner schedule` run it",
            )
        return {cron: set() for cron in cron_intervals(minutes)}
    timers: dict[str, set[str]] = {}
    for shift in _offsets(zone):
        for hour, minute in times_of_day(schedule):
            start = timedelta(hours=hour, minutes=minute) - shift
            hours, minutes = divmod(int(start.total_seconds()) // 60 % 1440, 60)
            timers.setdefault(f"{minutes} {hours} * * *", set()).add(_written(shift))
    return timers


def _offsets(zone: str) -> list[timedelta]:
    """Return the offsets from UTC that a zone has in the course of this year."""
    first = datetime(datetime.now(UTC).year, 1, 1, tzinfo=UTC)
    found = {(first + timedelta(days=day)).astimezone(ZoneInfo(zone)).utcoffset() for day in YEAR}
    return sorted(offset for offset in found if offset is not None)


def _written(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _guards(schedule: Schedule, zone: str, timers: dict[str, set[str]]) -> list[str]:
    """Return shell lines that end a job outside its schedule; one started by hand goes on."""
    if schedule.every:
        return []
    checks = [*_offset_checks(zone, timers), *_day_checks(schedule, f"TZ={zone} date")]
    return ['if [ -n "$SCHEDULE" ]; then', *(f"  {check} || exit 0" for check in checks), "fi"]


def _offset_checks(zone: str, timers: dict[str, set[str]]) -> list[str]:
    pairs = "|".join(
        f"'{cron} {offset}'" for cron, some in timers.items() for offset in sorted(some)
    )
    return [f'case "$SCHEDULE $(TZ={zone} date +%z)" in {pairs}) ;; *) false ;; esac']


def _day_checks(schedule: Schedule, date: str) -> list[str]:
    if schedule.weekdays:
        return [_one_of(f"{date} +%u", [WEEKDAYS.index(name) + 1 for name in schedule.weekdays])]
    if schedule.days_of_month:
        if min(schedule.days_of_month) > 0:
            return [_one_of(f"{date} +%-d", schedule.days_of_month)]
        return [" || ".join(day_checks(schedule, date))]
    if schedule.weekday_of_month:
        ordinal, name = schedule.weekday_of_month.split()
        weekday = _one_of(f"{date} +%u", [WEEKDAYS.index(name) + 1])
        if ordinal == "last":
            return [weekday, f'[ "$({date} +%m)" != "$({date} -d \'+7 days\' +%m)" ]']
        start = ORDINALS[ordinal] * 7 - 6
        return [weekday, _one_of(f"{date} +%-d", range(start, start + 7))]
    return []


def _one_of(command: str, values: "range | list[int] | tuple[int, ...]") -> str:
    return f'case "$({command})" in {"|".join(map(str, values))}) ;; *) false ;; esac'
