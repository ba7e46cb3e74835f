"""How `build` and `run` show a build: lines and bars, or JSON; and the log that is kept of it."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from runner.cli.options import line_reader, workspace_of

if TYPE_CHECKING:
    from runner.events import Event, Listener
    from runner.orchestrate.options import BuildOptions
    from runner.result import BuildResult
    from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class Shown:
    """What a user may ask of the way in which a build is told."""

    # text or json.
    log_format: str
    # A file that gets the JSON lines too.
    log_file: Path | None
    quiet: bool
    use_colors: bool


def build_and_tell(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    options: "BuildOptions",
    shown: Shown,
) -> int:
    """Build, tell what happens and what became of it; returns the exit code (B6).

    SIGTERM ends it after the step at hand.
    """
    from runner.errors import RunnerError
    from runner.report.json_log import JsonLog
    from runner.schedule.stop_clock import StopClock

    clock = StopClock()
    options = replace(options, should_stop=clock.is_stopped)
    with clock.listening():
        try:
            workspace = workspace_of(project_dir, target, variables)
        except RunnerError as error:
            if shown.log_format != "json":
                raise
            JsonLog(sys.stdout).error(error)
            return error.exit_code
        return build_in(workspace, project_dir, options, shown)


def build_in(
    workspace: "Workspace",
    project_dir: Path,
    options: "BuildOptions",
    shown: Shown,
    also: "Listener | None" = None,
) -> int:
    """Build a project that was read, and tell of it; returns the exit code (B6).

    `also` hears all events.
    """
    if shown.log_format == "json":
        return _tell_json(workspace, options, shown, also)
    from runner.report.console import ConsoleReporter
    from runner.report.summary import show_summary
    from runner.report.terminal import open_console

    with ConsoleReporter(open_console(sys.stderr, shown.use_colors), shown.quiet) as reporter:
        result = _build(workspace, options, shown, reporter, also)
    read_line = line_reader(project_dir)
    show_summary(open_console(sys.stdout, shown.use_colors), result, read_line, shown.quiet)
    return result.exit_code


def _tell_json(
    workspace: "Workspace", options: "BuildOptions", shown: Shown, also: "Listener | None"
) -> int:
    from runner.errors import RunnerError
    from runner.report.json_log import JsonLog

    log = JsonLog(sys.stdout)
    try:
        result = _build(workspace, options, shown, log, also)
    except RunnerError as error:
        log.error(error)
        return error.exit_code
    log.summary(result)
    return result.exit_code


def _build(
    workspace: "Workspace",
    options: "BuildOptions",
    shown: Shown,
    listener: "Listener",
    also: "Listener | None",
) -> "BuildResult":
    """Build, and keep the log of it."""
    from runner.errors import RunnerError
    from runner.orchestrate.build import run_build
    from runner.report.build_log import BuildLog

    def tell(event: "Event") -> None:
        listener(event)
        if also is not None:
            also(event)

    with BuildLog(tell, workspace.generated / "logs", shown.log_file) as log:
        try:
            result = run_build(workspace, options, log)
        except RunnerError as error:
            log.error(error)
            raise
        log.summary(result)
        return result
