"""What timers of other schedulers have in common: the command, the intervals, the times of day."""

from dataclasses import dataclass

from runner.definitions.connection import Connection
from runner.definitions.project import Project
from runner.definitions.schedule import Schedule
from runner.errors import UsageError

HOURS_A_DAY = 24


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
    return sorted(divmod((first + 1440 * index // count) % 1440, 60) for index in range(count))


def interval(connection: Connection, schedule: Schedule) -> tuple[int, int]:
    """Return an interval as (hours, minutes), one of them 0; only those that divide evenly."""
    minutes, rest = divmod(int(schedule.every or 0), 60)
    if rest == 0 and minutes < 60 and 60 % minutes == 0:
        return 0, minutes
    if rest == 0 and minutes % 60 == 0 and 1440 % minutes == 0:
        return minutes // 60, 0
    raise UsageError(
        "an interval that does not divide an hour or a day cannot be a timer",
        connection.location("schedule"),
        hint="let `runner schedule` run it",
    )


def cron_interval(hours: int, minutes: int) -> str:
    """Return an interval in the syntax of cron; hours or minutes are 0."""
    if not hours:
        return f"*/{minutes} * * * *"
    return "0 0 * * *" if hours == HOURS_A_DAY else f"0 */{hours} * * *"


def day_checks(schedule: Schedule, date: str) -> list[str]:
    """Return shell tests, one for each day of the month; `date` is the command for the date."""
    return [
        f'[ "$({date} +%-d)" = {day} ]'
        if day > 0
        else f"[ \"$({date} -d '+{-day} days' +%-d)\" = 1 ]"
        for day in schedule.days_of_month
    ]
