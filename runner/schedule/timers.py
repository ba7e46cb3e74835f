"""What timers of other schedulers have in common: the command, the intervals, the times of day."""

from dataclasses import dataclass

from runner.definitions.connection import Connection
from runner.definitions.project import Project
from runner.definitions.schedule import Schedule
from runner.errors import UsageError
from runner.schedule.next_run import MINUTES_A_DAY


@dataclass(frozen=True)
class BuildCommand:
    """The command of a timer; cron and systemd do not have the PATH of a user."""

    runner: tuple[str, ...] = ("runner",)
    # Of `runner build`: the target and the variables, where they were given.
    options: tuple[str, ...] = ()

    def words(self, connection: str, *options: str) -> tuple[str, ...]:
        """Return the command that builds a connection, word by word."""
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


def times_of_day(schedule: Schedule) -> list[tuple[int, int]]:
    """Return the hours and minutes, in local time, at which a schedule runs, in order."""
    count, first = schedule.times_per_day or 1, schedule.time.hour * 60 + schedule.time.minute
    return sorted(
        divmod((first + MINUTES_A_DAY * index // count) % MINUTES_A_DAY, 60)
        for index in range(count)
    )


def interval_minutes(connection: Connection, schedule: Schedule) -> int:
    """Return an interval in minutes; raises UsageError where it has seconds."""
    minutes, rest = divmod(int(schedule.every or 0), 60)
    if rest:
        raise UsageError(
            "an interval that is no number of minutes cannot be a timer here",
            connection.location("schedule"),
            hint="let `runner schedule` or systemd run it",
        )
    return minutes


def hours_by_minute(minutes: int) -> dict[int, list[int]]:
    """Return the runs of a day for an interval that divides it: minute -> hours."""
    found: dict[int, list[int]] = {}
    for start in range(0, MINUTES_A_DAY, minutes):
        found.setdefault(start % 60, []).append(start // 60)
    return found


def cron_intervals(minutes: int) -> list[str]:
    """Return an interval that divides a day in the syntax of cron, in as few lines as it takes."""
    if 60 % minutes == 0 and minutes < 60:
        return [f"*/{minutes} * * * *"]
    if minutes % 60 == 0:
        return ["0 0 * * *" if minutes == MINUTES_A_DAY else f"0 */{minutes // 60} * * *"]
    return [
        f"{minute} {','.join(map(str, hours))} * * *"
        for minute, hours in hours_by_minute(minutes).items()
    ]


def day_checks(schedule: Schedule, date: str) -> list[str]:
    """Return shell tests, one for each day of the month; `date` is the command for the date."""
    return [
        f'[ "$({date} +%-d)" = {day} ]'
        if day > 0
        else f"[ \"$({date} -d '+{-day} days' +%-d)\" = 1 ]"
        for day in schedule.days_of_month
    ]
