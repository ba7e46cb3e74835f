"""Schedules in the words of systemd and cron, for servers where those start the builds."""

import re
import shlex
from dataclasses import dataclass

from runner.definitions.connection import Connection
from runner.definitions.project import Project
from runner.definitions.schedule import ORDINALS, WEEKDAYS, Schedule
from runner.errors import UsageError

PLAIN = re.compile(r"[\w./:@=+,-]+")
"""What means nothing else to systemd."""
HOURS_A_DAY = 24


@dataclass(frozen=True)
class Start:
    """How a timer starts a build; neither cron nor systemd has the PATH of a user."""

    runner: tuple[str, ...] = ("runner",)
    # Of `runner build`: the target and the variables, where they were given.
    options: tuple[str, ...] = ()

    def build(self, connection: str, *options: str) -> tuple[str, ...]:
        """Return the words of the command that builds a connection."""
        return (
            *self.runner,
            "build",
            *options,
            *self.options,
            "--connection",
            connection,
            "--wait",
        )


def scheduled(project: Project) -> list[tuple[Connection, Schedule]]:
    """Return the enabled connections that have a schedule."""
    return [
        (connection, connection.schedule)
        for connection in project.connections
        if connection.enabled and connection.schedule
    ]


def as_systemd(project: Project, start: Start) -> str:
    """Return a timer and a service for each connection, each under its file name."""
    parts = []
    for connection, schedule in scheduled(project):
        name = connection.connection
        when = "\n".join(f"OnCalendar={line}" for line in _calendar(project, connection, schedule))
        parts.append(
            f"# runner-{name}.timer\n[Unit]\nDescription=runner: {name}\n\n[Timer]\n{when}\n"
            "Persistent=true\n\n[Install]\nWantedBy=timers.target\n\n"
            f"# runner-{name}.service\n[Unit]\nDescription=runner: {name}\n\n[Service]\n"
            f"Type=oneshot\nWorkingDirectory={str(project.root).replace('%', '%%')}\n"
            f"ExecStart={' '.join(map(_systemd_word, start.build(name)))}\n"
        )
    return "\n".join(parts)


def as_cron(project: Project, start: Start) -> str:
    """Return a crontab; its zones need a cron that knows CRON_TZ."""
    lines = []
    for connection, schedule in scheduled(project):
        zone = "UTC" if schedule.every else schedule.timezone or project.file.timezone
        words = start.build(connection.connection, "--project-dir", str(project.root))
        guard = _guard(schedule, zone)
        lines.append(f"CRON_TZ={zone}")
        # A percent sign ends a line of cron.
        command = guard + shlex.join(words).replace("%", "\\%")
        lines += [f"{when} {command}" for when in _cron(connection, schedule)]
    return "".join(f"{line}\n" for line in lines)


def _systemd_word(word: str) -> str:
    if PLAIN.fullmatch(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped.replace("%", "%%").replace("$", "$$")}"'


def times_of_day(schedule: Schedule) -> list[tuple[int, int]]:
    """Return the hours and minutes of the wall at which a schedule runs, in order."""
    count, first = schedule.times_per_day or 1, schedule.time.hour * 60 + schedule.time.minute
    return sorted(divmod((first + 1440 * index // count) % 1440, 60) for index in range(count))


def interval(connection: Connection, schedule: Schedule) -> tuple[int, int]:
    """Return an interval as (hours, minutes), one of them 0; only those that divide evenly."""
    minutes, rest = divmod(int(schedule.every or 0), 60)
    if rest == 0 and minutes < 60 and 60 % minutes == 0:
        return 0, minutes
    if rest == 0 and minutes % 60 == 0 and 1440 % minutes == 0:
        return minutes // 60, 0
    raise UsageError(
        "an interval that does not divide an hour or a day cannot be told to a timer",
        connection.location("schedule"),
        hint="let `runner schedule` run it",
    )


def cron_interval(hours: int, minutes: int) -> str:
    """Return an interval in cron's words, one of both being 0."""
    if not hours:
        return f"*/{minutes} * * * *"
    return "0 0 * * *" if hours == HOURS_A_DAY else f"0 */{hours} * * *"


def _calendar(project: Project, connection: Connection, schedule: Schedule) -> list[str]:
    if schedule.every:
        hours, minutes = interval(connection, schedule)
        hour = "00" if hours == HOURS_A_DAY else f"00/{hours}"
        return [f"*-*-* {hour}:00:00 UTC" if hours else f"*-*-* *:00/{minutes}:00 UTC"]
    zone = schedule.timezone or project.file.timezone
    return [
        f"{day} {hour:02}:{minute:02}:00 {zone}"
        for day in _calendar_days(schedule)
        for hour, minute in times_of_day(schedule)
    ]


def _calendar_days(schedule: Schedule) -> list[str]:
    if schedule.weekdays:
        return [",".join(name.title() for name in schedule.weekdays) + " *-*-*"]
    if schedule.days_of_month:
        counted = [f"{number:02}" for number in schedule.days_of_month if number > 0]
        from_end = [f"*-*~{-number:02}" for number in schedule.days_of_month if number < 0]
        return [*(["*-*-" + ",".join(counted)] if counted else []), *from_end]
    if schedule.weekday_of_month:
        ordinal, name = schedule.weekday_of_month.split()
        start = ORDINALS[ordinal] * 7 - 6
        days = "~07/1" if ordinal == "last" else f"-{start:02}..{start + 6:02}"
        return [f"{name.title()} *-*{days}"]
    return ["*-*-*"]


def _cron(connection: Connection, schedule: Schedule) -> list[str]:
    if schedule.every:
        return [cron_interval(*interval(connection, schedule))]
    days, names = "*", "*"
    if schedule.weekdays:
        names = ",".join(schedule.weekdays)
    elif min(schedule.days_of_month, default=0) > 0:
        days = ",".join(map(str, schedule.days_of_month))
    elif schedule.weekday_of_month:
        start = ORDINALS[schedule.weekday_of_month.split()[0]] * 7 - 6
        days = f"{start}-{start + 6}" if start > 0 else "22-31"
    return [f"{minute} {hour} {days} * {names}" for hour, minute in times_of_day(schedule)]


def day_checks(schedule: Schedule, date: str) -> list[str]:
    """Return tests of a shell, one for each of the days of a month; `date` is the command."""
    return [
        f'[ "$({date} +%-d)" = {day} ]'
        if day > 0
        else f"[ \"$({date} -d '+{-day} days' +%-d)\" = 1 ]"
        for day in schedule.days_of_month
    ]


def _guard(schedule: Schedule, zone: str) -> str:
    """Return what cron's own fields cannot say: weekdays of a month, and days from its end."""
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
