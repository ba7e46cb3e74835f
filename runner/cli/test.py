"""`runner test`."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.options import (
    handled,
    project_options,
    selection_options,
    state_option,
    workspace_of,
)

if TYPE_CHECKING:
    from rich.console import Console

    from runner.result import NodeResult


@click.command(epilog="Example: runner test --select vip")
@selection_options
@state_option
@project_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
    state: Path | None,
) -> int:
    """Run unit tests of models, and data tests on the published warehouse; nothing is changed."""
    from runner.models.testing import run_tests
    from runner.report.console import ConsoleReporter
    from runner.report.terminal import open_console

    workspace = workspace_of(project_dir, target, variables)
    with ConsoleReporter(open_console(sys.stderr)) as reporter:
        results = run_tests(workspace, select, exclude, reporter, state)
    _show_results(open_console(sys.stdout), results)
    return max((result.exit_code for result in results), default=0)


def _show_results(console: "Console", results: "Sequence[NodeResult]") -> None:
    """Print the tests that did not pass, with their location, and the tally."""
    from rich.text import Text

    from runner.report.printable import printable

    for result in results:
        if result.status != "pass":
            style = "yellow" if result.status == "warn" else "red"
            where = f"{result.location}: " if result.location else ""
            text = f"{result.status.upper()} {result.name}: {where}{result.message}"
            console.print(Text(printable(text), style), soft_wrap=True)
    counts = Counter(result.status for result in results)
    errors = counts["fail"] + counts["error"]
    console.print(
        f"Done. PASS={counts['pass']} WARN={counts['warn']} ERROR={errors} TOTAL={len(results)}"
    )
