"""Schedules as timers of systemd."""

import re

from runner.definitions.project import Project
from runner.definitions.schedule import ORDINALS, Schedule
from runner.schedule.next_run import MINUTES_A_DAY
from runner.schedule.timers import (
    BuildCommand,
    hours_by_minute,
    scheduled,
    times_of_day,
)

PLAIN = re.compile(r"[\w./:@=+,-]+")
"""A word that systemd takes as it is."""


def as_systemd(project: Project, command: BuildCommand) -> str:
    """Return a timer and a service for each connection, each under its file name."""
    parts = []
    for connection, schedule in scheduled(project):
        name = connection.connection
        when = "\n".join(_when(project, schedule))
        parts.append(
            f"# runner-{name}.timer\n[Unit]\nDescription=runner: {name}\n\n[Timer]\n{when}\n"
            "\n[Install]\nWantedBy=timers.target\n\n"
            f"# runner-{name}.service\n[Unit]\nDescription=runner: {name}\n\n[Service]\n"
            f"Type=oneshot\nWorkingDirectory={str(project.root).replace('%', '%%')}\n"
            f"ExecStart={' '.join(map(_quoted, command.words(name)))}\n"
        )
    return "\n".join(parts)


def _when(project: Project, schedule: Schedule) -> list[str]:
    seconds = int(schedule.every or 0)
    if seconds % 60 or (seconds and MINUTES_A_DAY * 60 % seconds):
        # No calendar has it: it counts from the start of the timer.
        return ["OnActiveSec=0", f"OnUnitActiveSec={seconds}s", "AccuracySec=1s"]
    calendar = [f"OnCalendar={line}" for line in _calendar(project, schedule)]
    return [*calendar, "Persistent=true"]


def _calendar(project: Project, schedule: Schedule) -> list[str]:
    if schedule.every:
        return _intervals(int(schedule.every) // 60)
    zone = schedule.timezone or project.file.timezone
    return [
        f"{day} {hour:02}:{minute:02}:00 {zone}"
        for day in _calendar_days(schedule)
        for hour, minute in times_of_day(schedule)
    ]


def _intervals(minutes: int) -> list[str]:
    """Return the runs of an interval that divides a day."""
    if 60 % minutes == 0 and minutes < 60:
        return [f"*-*-* *:00/{minutes}:00 UTC"]
    if minutes % 60 == 0:
        hour = "00" if minutes == MINUTES_A_DAY else f"00/{minutes // 60}"
        return [f"*-*-* {hour}:00:00 UTC"]
    return [
        f"*-*-* {','.join(f'{hour:02}' for hour in hours)}:{minute:02}:00 UTC"
        for minute, hours in hours_by_minute(minutes).items()
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
