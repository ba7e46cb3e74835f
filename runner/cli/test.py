"""`runner test`."""

import sys
from pathlib import Path

import click

from runner.cli.options import handled, project_options, selection_options, workspace_of


@click.command(epilog="Example: runner test --select vip")
@selection_options
@project_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
) -> int:
    """Run unit tests of models, and data tests on the published warehouse; nothing is changed."""
    from runner.models.testing import run_tests
    from runner.report.console import ConsoleReporter
    from runner.report.terminal import open_console
    from runner.report.tests import show_tests

    workspace = workspace_of(project_dir, target, variables)
    with ConsoleReporter(open_console(sys.stderr)) as reporter:
        results = run_tests(workspace, select, exclude, reporter)
    show_tests(open_console(sys.stdout), results)
    return max((result.exit_code for result in results), default=0)
