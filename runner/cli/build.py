"""`runner build`."""

from pathlib import Path
from typing import Any

import click

from runner.cli.log_options import LogOptions, log_options
from runner.cli.options import (
    build_options,
    connection_option,
    handled,
    project_options,
    selection_options,
    state_option,
)
from runner.cli.typed_command import typed_command


@click.command(epilog="Example: runner build --select connection:webshop+ --threads 4")
@selection_options
@state_option
@connection_option
@build_options
@project_options
@log_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    reporting: LogOptions,
    **asked: Any,
) -> int:
    """Import, model, test, publish and export.

    Exit codes: 0 done, 1 a goal, model or test failed, 2 the project or the command line is
    wrong, 3 another build holds the warehouse, 4 a connection could not be reached.
    """
    from runner.cli.reported_build import build_and_report
    from runner.orchestrate.options import BuildOptions

    options = BuildOptions(**asked, uses_default=True, with_tests=True, command=typed_command())
    return build_and_report(project_dir, target, variables, options, reporting)
