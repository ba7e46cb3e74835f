"""Schedules as timers of systemd."""

import re

from runner.definitions.connection import Connection
from runner.definitions.project import Project
from runner.definitions.schedule import ORDINALS, Schedule
from runner.schedule.timers import HOURS_A_DAY, BuildCommand, interval, scheduled, times_of_day

PLAIN = re.compile(r"[\w./:@=+,-]+")
"""A word that systemd takes as it is."""


def as_systemd(project: Project, command: BuildCommand) -> str:
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
            f"ExecStart={' '.join(map(_quoted, command.words(name)))}\n"
        )
    return "\n".join(parts)


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


def _quoted(word: str) -> str:
    if PLAIN.fullmatch(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped.replace("%", "%%").replace("$", "$$")}"'
