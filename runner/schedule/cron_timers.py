"""Schedules as a crontab."""

import shlex
from math import gcd

from runner.definitions.connection import Connection
from runner.definitions.project import Project
from runner.definitions.schedule import ORDINALS, WEEKDAYS, Schedule
from runner.schedule.next_run import MINUTES_A_DAY
from runner.schedule.timers import (
    BuildCommand,
    cron_intervals,
    day_checks,
    interval_minutes,
    scheduled,
    times_of_day,
)


def as_cron(project: Project, command: BuildCommand) -> str:
    """Return a crontab; its zones need a cron that knows CRON_TZ."""
    lines = []
    for connection, schedule in scheduled(project):
        zone = "UTC" if schedule.every else schedule.timezone or project.file.timezone
        words = command.words(connection.connection, "--project-dir", str(project.root))
        guard = _guard(connection, schedule, zone)
        lines.append(f"CRON_TZ={zone}")
        # A percent sign ends a line of cron.
        line = guard + shlex.join(words).replace("%", "\\%")
        lines += [f"{when} {line}" for when in _cron(connection, schedule)]
    return "".join(f"{line}\n" for line in lines)


def _cron(connection: Connection, schedule: Schedule) -> list[str]:
    if schedule.every:
        minutes = interval_minutes(connection, schedule)
        return cron_intervals(gcd(minutes, MINUTES_A_DAY))
    days, names = "*", "*"
    if schedule.weekdays:
        names = ",".join(schedule.weekdays)
    elif min(schedule.days_of_month, default=0) > 0:
        days = ",".join(map(str, schedule.days_of_month))
    elif schedule.weekday_of_month:
        start = ORDINALS[schedule.weekday_of_month.split()[0]] * 7 - 6
        days = f"{start}-{start + 6}" if start > 0 else "22-31"
    return [f"{minute} {hour} {days} * {names}" for hour, minute in times_of_day(schedule)]


def _guard(connection: Connection, schedule: Schedule, zone: str) -> str:
    """Return a shell test for what cron has no fields for.

    Weekdays and last days of a month, and intervals that do not divide a day.
    """
    if schedule.every:
        minutes = interval_minutes(connection, schedule)
        if MINUTES_A_DAY % minutes == 0:
            return ""
        return f"[ $(( $(date +\\%s) / 60 \\% {minutes} )) -eq 0 ] && "
    if min(schedule.days_of_month, default=0) < 0:
        checks = " || ".join(day_checks(schedule, f"TZ={zone} date")).replace("%", "\\%")
        return f"{{ {checks}; }} && "
    if not schedule.weekday_of_month:
        return ""
    ordinal, name = schedule.weekday_of_month.split()
    guard = f'[ "$(TZ={zone} date +\\%u)" = {WEEKDAYS.index(name) + 1} ] && '
    if ordinal == "last":
        month, later = f"$(TZ={zone} date +\\%m)", f"$(TZ={zone} date -d '+7 days' +\\%m)"
        guard += f'[ "{month}" != "{later}" ] && '
    return guard
