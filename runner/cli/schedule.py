"""`runner schedule`."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.options import handled, log_options, project_options, workspace_of

if TYPE_CHECKING:
    from runner.definitions.connection import Connection
    from runner.events import Event, Listener
    from runner.workspace.workspace import Workspace


NO_SCHEDULE = "no connection that is enabled has a `schedule`; give it one"


@click.command(epilog="Example: runner schedule --health-file /run/runner/health.json")
@click.option("--list", "list_runs", is_flag=True, help="Show the next runs, and end.")
@click.option(
    "--export", type=click.Choice(["cron", "systemd", "github"]), help="Print timers, and end."
)
@click.option("--health-file", type=click.Path(dir_okay=False, path_type=Path), help="JSON.")
@click.option(
    "--health-port",
    type=click.IntRange(0, 65535),
    help="Answer GET /health on 127.0.0.1.",
)
@click.option(
    "--unhealthy-after",
    type=click.IntRange(min=1),
    default=60,
    metavar="MINUTES",
    help="Minutes that a build may be silent; 60.",
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
    log_format: str,
    log_file: Path | None,
    quiet: bool,
    no_use_colors: bool,
) -> int:
    """Run builds by the schedules of the connections, one at a time, until SIGTERM."""
    workspace = workspace_of(project_dir, target, variables)
    if list_runs or export:
        given = (("--target", target), ("--vars", variables))
        options = tuple(word for pair in given if pair[1] is not None for word in pair if word)
        _show(workspace, export, options)
        return 0
    from runner.cli.building import Shown, build_in
    from runner.events import Event
    from runner.orchestrate.options import BuildOptions
    from runner.schedule.health import Health
    from runner.schedule.service import Service
    from runner.schedule.stop_clock import StopClock
    from runner.schedule.timers import scheduled

    if not scheduled(workspace.project):
        click.echo(f"{NO_SCHEDULE}; waiting for a change", err=True)
    shown = Shown(log_format, log_file, quiet, not no_use_colors)
    tell = _teller(log_format, log_file, quiet)
    clock = StopClock()
    health = Health(
        health_file,
        unhealthy_after * 60,
        warn=lambda message: tell(Event("warning", "health", message)),
    )

    def build(workspace: "Workspace", connection: "Connection") -> int:
        options = BuildOptions(
            connections=(connection.connection,),
            wait=True,
            command=f"runner schedule ({connection.connection})",
            should_stop=clock.is_stopped,
        )
        return build_in(workspace, project_dir, options, shown, health.hear)

    if health_port is not None:
        click.echo(f"health: http://127.0.0.1:{health.serve(health_port)}/health", err=True)
    try:
        with clock.listening():
            health.beat()
            Service(
                project_dir,
                lambda: workspace_of(project_dir, target, variables),
                build,
                clock,
                tell,
                health,
            ).run()
    finally:
        health.close()
    return 0


def _teller(log_format: str, log_file: Path | None, quiet: bool) -> "Listener":
    """Return what tells of the service itself: as lines of JSON, or what is worth a line."""
    from runner.report.json_log import JsonLog

    def tell(event: "Event") -> None:
        if log_file is not None:
            with log_file.open("a", encoding="utf-8") as lines:
                JsonLog(lines)(event)
        if log_format == "json":
            JsonLog(sys.stdout)(event)
        elif event.kind == "warning":
            click.echo(f"warning: {event.name}: {event.message}", err=True)
        elif event.kind == "note" and not quiet:
            click.echo(event.message, err=True)

    return tell


def _show(workspace: "Workspace", export: str | None, options: tuple[str, ...]) -> None:
    """Print the next five runs of each connection, or timers that build with these options."""
    from datetime import UTC, datetime
    from itertools import islice
    from zoneinfo import ZoneInfo

    from runner.schedule.calendar import runs
    from runner.schedule.github_timers import as_github
    from runner.schedule.timers import Start, as_cron, as_systemd, scheduled

    project = workspace.project
    if not scheduled(project):
        click.echo(f"{NO_SCHEDULE}, such as `schedule: {{every: 30 minutes}}`", err=True)
    if export:
        forms = {"cron": as_cron, "systemd": as_systemd, "github": as_github}
        click.echo(forms[export](project, Start(_itself(), options)), nl=False)
        return
    for connection, schedule in scheduled(project):
        zone = schedule.timezone or project.file.timezone
        for moment in islice(runs(schedule, project.file.timezone, datetime.now(UTC)), 5):
            shown = f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}"
            click.echo(f"{shown:<24} {connection.connection}")


def _itself() -> tuple[str, ...]:
    """Return the words that start this runner, whatever the PATH is."""
    if Path(sys.argv[0]).name == "__main__.py":
        return (sys.executable, "-m", "runner")
    found = shutil.which(sys.argv[0])
    return (str(Path(found).absolute()) if found else "runner",)
