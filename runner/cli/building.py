"""How `build` and `run` show a build: lines and bars, or JSON."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from runner.cli.options import line_reader, workspace_of

if TYPE_CHECKING:
    from runner.build.state import BuildOptions


def build_and_tell(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    options: "BuildOptions",
    log_format: str,
    quiet: bool,
    no_use_colors: bool,
) -> int:
    """Build, tell what happens and what became of it; returns the exit code (B6)."""
    from runner.build.build import run_build

    if log_format == "json":
        return _tell_json(project_dir, target, variables, options)
    from runner.report.console import ConsoleReporter
    from runner.report.summary import show_summary
    from runner.report.terminal import open_console

    workspace = workspace_of(project_dir, target, variables)
    with ConsoleReporter(open_console(sys.stderr, not no_use_colors), quiet) as reporter:
        result = run_build(workspace, options, reporter)
    read_line = line_reader(project_dir)
    show_summary(open_console(sys.stdout, not no_use_colors), result, read_line, quiet)
    return result.exit_code


def _tell_json(
    project_dir: Path, target: str | None, variables: str | None, options: "BuildOptions"
) -> int:
    from runner.build.build import run_build
    from runner.errors import RunnerError
    from runner.report.json_log import JsonLog

    log = JsonLog(sys.stdout)
    try:
        result = run_build(workspace_of(project_dir, target, variables), options, log)
    except RunnerError as error:
        log.error(error)
        return error.exit_code
    log.summary(result)
    return result.exit_code
