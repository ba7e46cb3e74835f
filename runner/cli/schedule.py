"""`runner schedule`."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.log_options import LogOptions, log_options
from runner.cli.options import handled, project_options, workspace_of

if TYPE_CHECKING:
    from runner.definitions.connection import Connection
    from runner.errors import DefinitionError
    from runner.events import Event, Listener
    from runner.schedule.health import Health
    from runner.workspace.workspace import Workspace


NO_SCHEDULE = "no enabled connection has a `schedule`"


@click.command(epilog="Example: runner schedule --health-file /run/runner/health.json")
@click.option("--list", "list_runs", is_flag=True, help="Show the next runs, and end.")
@click.option(
    "--export",
    type=click.Choice(["cron", "systemd", "github"]),
    help="Print timers for another scheduler, and end.",
)
@click.option(
    "--health-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the state of the service to this JSON file.",
)
@click.option(
    "--health-port",
    type=click.IntRange(0, 65535),
    help="Answer GET /health on 127.0.0.1 with the same state.",
)
@click.option(
    "--unhealthy-after",
    type=click.IntRange(min=1),
    default=60,
    metavar="MINUTES",
    help="Minutes without progress after which a build counts as stuck; 60.",
)
@project_options
@log_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    list_runs: bool,
    export: str | None,
    health_file: Path | None,
    health_port: int | None,
    unhealthy_after: int,
    reporting: LogOptions,
) -> int:
    """Run builds by the schedules of the connections, one at a time, until SIGTERM."""
    if list_runs or export:
        workspace = workspace_of(project_dir, target, variables)
        given = (("--target", target), ("--vars", variables))
        options = tuple(word for pair in given if pair[1] is not None for word in pair if word)
        _show(workspace, export, options)
        return 0
    from runner.events import Event
    from runner.schedule.health import Health
    from runner.schedule.timers import scheduled
    from runner.warehouse.lock import scheduling

    opened = _Opened(project_dir, target, variables)
    workspace = opened.first()
    if not scheduled(workspace.project):
        click.echo(f"{NO_SCHEDULE}; waiting for a change", err=True)
    report = _reporter(reporting)
    health = Health(
        health_file,
        unhealthy_after * 60,
        warn=lambda message: report(Event("warning", "health", message)),
    )
    with scheduling(workspace.local_state, "runner schedule"):
        if health_port is not None:
            click.echo(f"health: http://127.0.0.1:{health.serve(health_port)}/health", err=True)
        try:
            _serve(opened, workspace, health, report, reporting)
        finally:
            health.close()
    return 0


@dataclass(frozen=True)
class _Opened:
    """The project of the service."""

    folder: Path
    target: str | None
    variables: str | None

    def first(self) -> "Workspace":
        """Open the project at the start, without connections whose files are wrong.

        Raises DefinitionError where more is wrong. People are notified of both.
        """
        from runner.errors import DefinitionError

        try:
            workspace = workspace_of(self.folder, self.target, self.variables, leaves_broken=True)
        except DefinitionError as error:
            self.notify(error)
            raise
        faults = [fault for broken in workspace.project.broken for fault in broken.faults]
        if faults:
            for fault in faults:
                click.echo(f"warning: {fault}", err=True)
            self.notify(DefinitionError(faults))
        return workspace

    def again(self) -> "Workspace":
        """Open the project after a change."""
        return workspace_of(self.folder, self.target, self.variables)

    def notify(self, error: "DefinitionError") -> None:
        """Notify people of mistakes in the definitions."""
        from runner.cli.reported_build import notify_of_mistakes

        notify_of_mistakes(self.folder, self.target, self.variables, error)


def _serve(
    opened: _Opened,
    workspace: "Workspace",
    health: "Health",
    report: "Listener",
    reporting: "LogOptions",
) -> None:
    """Run the service until a signal comes."""
    from runner.cli.reported_build import build_workspace
    from runner.orchestrate.options import BuildOptions
    from runner.schedule.service import Service
    from runner.schedule.stop_clock import StopClock

    clock = StopClock()

    def is_stopped() -> bool:
        """Asked between steps, and again and again while a build waits for a lock."""
        health.live()
        return clock.is_stopped()

    def build(workspace: "Workspace", connection: "Connection") -> int:
        options = BuildOptions(
            connections=(connection.connection,),
            wait=True,
            command=f"runner schedule ({connection.connection})",
            should_stop=is_stopped,
        )
        return build_workspace(workspace, opened.folder, options, reporting, health.hear)

    with clock.listening():
        health.beat()
        Service(
            opened.folder, opened.again, build, clock, report, health, workspace, opened.notify
        ).run()


def _reporter(reporting: "LogOptions") -> "Listener":
    """Return a listener for the events of the service itself: JSON lines, or a line of text."""
    from runner.report.json_log import JsonLog

    def report(event: "Event") -> None:
        if reporting.log_file is not None:
            with reporting.log_file.open("a", encoding="utf-8") as lines:
                JsonLog(lines)(event)
        if reporting.log_format == "json":
            JsonLog(sys.stdout)(event)
        elif event.kind == "warning":
            click.echo(f"warning: {event.name}: {event.message}", err=True)
        elif event.kind == "note" and not reporting.quiet:
            click.echo(event.message, err=True)

    return report


def _show(workspace: "Workspace", export: str | None, options: tuple[str, ...]) -> None:
    """Print the next five runs of each connection, or timers that build with these options."""
    from datetime import UTC, datetime
    from itertools import islice
    from zoneinfo import ZoneInfo

    from runner.schedule.cron_timers import as_cron
    from runner.schedule.github_timers import as_github
    from runner.schedule.next_run import runs
    from runner.schedule.systemd_timers import as_systemd
    from runner.schedule.timers import BuildCommand, scheduled

    project = workspace.project
    if not scheduled(project):
        click.echo(f"{NO_SCHEDULE}, such as `schedule: {{every: 30 minutes}}`", err=True)
    if export:
        formats = {"cron": as_cron, "systemd": as_systemd, "github": as_github}
        click.echo(formats[export](project, BuildCommand(_own_command(), options)), nl=False)
        return
    for connection, schedule in scheduled(project):
        zone = schedule.timezone or project.file.timezone
        for moment in islice(runs(schedule, project.file.timezone, datetime.now(UTC)), 5):
            shown = f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}"
            click.echo(f"{shown:<24} {connection.connection}")


def _own_command() -> tuple[str, ...]:
    """Return the words that start this runner, whatever the PATH is."""
    if Path(sys.argv[0]).name == "__main__.py":
        return (sys.executable, "-m", "runner")
    found = shutil.which(sys.argv[0])
    return (str(Path(found).absolute()) if found else "runner",)
