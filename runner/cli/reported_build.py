"""A build that reports what happens: as lines and bars or as JSON, and in a log of its own."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.log_options import LogOptions
from runner.cli.options import line_reader, workspace_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from runner.errors import DefinitionError
    from runner.events import Event, Listener
    from runner.orchestrate.options import BuildOptions
    from runner.result import BuildResult
    from runner.workspace.workspace import Workspace


def build_and_report(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    options: "BuildOptions",
    reporting: LogOptions,
) -> int:
    """Build, and report what happens and what became of it; returns the exit code (B6).

    SIGTERM ends the build after the current step.
    """
    from runner.errors import DefinitionError, RunnerError
    from runner.report.json_log import JsonLog
    from runner.schedule.stop_clock import StopClock

    clock = StopClock()
    options = replace(options, should_stop=clock.is_stopped)
    with clock.listening():
        try:
            workspace = workspace_of(project_dir, target, variables, leaves_broken=True)
        except RunnerError as error:
            if isinstance(error, DefinitionError):
                notify_of_mistakes(project_dir, target, variables, error, options.connections)
            if reporting.log_format != "json":
                raise
            JsonLog(sys.stdout).error(error)
            return error.exit_code
        return build_workspace(workspace, project_dir, options, reporting)


def notify_of_mistakes(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    error: "DefinitionError",
    connections: "Collection[str]" = (),
) -> None:
    """Notify people of a project that cannot be opened, as far as it says whom."""
    from runner.definitions.document import read_variables
    from runner.orchestrate.unopened_project import notify_unopened

    read = read_variables(variables)
    for warning in notify_unopened(project_dir, target, read, error, connections):
        click.echo(f"warning: {warning}", err=True)


def build_workspace(
    workspace: "Workspace",
    project_dir: Path,
    options: "BuildOptions",
    reporting: LogOptions,
    also: "Listener | None" = None,
) -> int:
    """Build a project that was read, and report it; returns the exit code (B6).

    `also` gets all events.
    """
    if reporting.log_format == "json":
        return _build_with_json(workspace, options, reporting, also)
    from runner.report.console import ConsoleReporter
    from runner.report.summary import show_summary
    from runner.report.terminal import open_console

    quiet, verbose = reporting.quiet, reporting.verbose
    with ConsoleReporter(
        open_console(sys.stderr, reporting.use_colors), quiet, is_brief=not verbose
    ) as reporter:
        result = _build(workspace, options, reporting, reporter, also)
    read_line = line_reader(project_dir)
    console = open_console(sys.stdout, reporting.use_colors)
    show_summary(console, result, read_line, quiet, verbose)
    return result.exit_code


def _build_with_json(
    workspace: "Workspace",
    options: "BuildOptions",
    reporting: LogOptions,
    also: "Listener | None",
) -> int:
    from runner.errors import RunnerError
    from runner.report.json_log import JsonLog

    log = JsonLog(sys.stdout)
    try:
        result = _build(workspace, options, reporting, log, also)
    except RunnerError as error:
        log.error(error)
        return error.exit_code
    log.summary(result)
    return result.exit_code


def _build(
    workspace: "Workspace",
    options: "BuildOptions",
    reporting: LogOptions,
    listener: "Listener",
    also: "Listener | None",
) -> "BuildResult":
    """Build, and write the log of the build."""
    from runner.errors import RunnerError
    from runner.orchestrate.build import run_build
    from runner.report.build_log import BuildLog

    def send(event: "Event") -> None:
        listener(event)
        if also is not None:
            also(event)

    with BuildLog(send, workspace.generated / "logs", reporting.log_file) as log:
        try:
            result = run_build(workspace, options, log)
        except RunnerError as error:
            log.error(error)
            raise
        log.summary(result)
        return result
