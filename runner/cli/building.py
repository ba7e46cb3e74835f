"""How `build` and `run` show a build: lines and bars, or JSON."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from runner.cli.options import line_reader, workspace_of

if TYPE_CHECKING:
    from runner.build.state import BuildOptions
    from runner.build.workspace import Workspace


def build_and_tell(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    options: "BuildOptions",
    log_format: str,
    quiet: bool,
    no_use_colors: bool,
) -> int:
    """Build, tell what happens and what became of it; returns the exit code (B6).

    SIGTERM ends it after the step at hand.
    """
    from runner.service.stop_clock import StopClock

    clock = StopClock()
    options = replace(options, should_stop=clock.is_stopped)
    with clock.listening():
        if log_format == "json":
            return _tell_json(lambda: workspace_of(project_dir, target, variables), options)
        workspace = workspace_of(project_dir, target, variables)
        return build_in(workspace, project_dir, options, log_format, quiet, no_use_colors)


def build_in(
    workspace: "Workspace",
    project_dir: Path,
    options: "BuildOptions",
    log_format: str,
    quiet: bool,
    no_use_colors: bool,
) -> int:
    """Build a project that was read, and tell of it; returns the exit code (B6)."""
    if log_format == "json":
        return _tell_json(lambda: workspace, options)
    from runner.build.build import run_build
    from runner.report.console import ConsoleReporter
    from runner.report.summary import show_summary
    from runner.report.terminal import open_console

    with ConsoleReporter(open_console(sys.stderr, not no_use_colors), quiet) as reporter:
        result = run_build(workspace, options, reporter)
    read_line = line_reader(project_dir)
    show_summary(open_console(sys.stdout, not no_use_colors), result, read_line, quiet)
    return result.exit_code


def _tell_json(opened: Callable[[], "Workspace"], options: "BuildOptions") -> int:
    from runner.build.build import run_build
    from runner.errors import RunnerError
    from runner.report.json_log import JsonLog

    log = JsonLog(sys.stdout)
    try:
        result = run_build(opened(), options, log)
    except RunnerError as error:
        log.error(error)
        return error.exit_code
    log.summary(result)
    return result.exit_code
