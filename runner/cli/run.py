"""`runner run`."""

from pathlib import Path

import click

from runner.cli.log_options import LogOptions, log_options
from runner.cli.options import (
    build_options,
    handled,
    project_options,
    selection_options,
    state_option,
)
from runner.cli.typed_command import typed_command


@click.command(epilog="Example: runner run --select tag:daily")
@selection_options
@state_option
@build_options
@project_options
@log_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
    state: Path | None,
    full_refresh: bool,
    allow_missing: bool,
    threads: int | None,
    fail_fast: bool,
    allow_large_change: bool,
    replace_files: bool,
    wait: bool,
    reporting: LogOptions,
) -> int:
    """Build without data tests.

    Exit codes: 0 done, 1 a goal, model or test failed, 2 the project or the command line is
    wrong, 3 another build holds the warehouse, 4 a connection could not be reached.
    """
    from runner.cli.reported_build import build_and_report
    from runner.orchestrate.options import BuildOptions

    options = BuildOptions(
        select=select,
        exclude=exclude,
        uses_default=True,
        state=state,
        full_refresh=full_refresh,
        allow_missing=allow_missing,
        threads=threads,
        allow_large_change=allow_large_change,
        replace_files=replace_files,
        wait=wait,
        fail_fast=fail_fast,
        with_tests=False,
        command=typed_command(),
    )
    return build_and_report(project_dir, target, variables, options, reporting)
