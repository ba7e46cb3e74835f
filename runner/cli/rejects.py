"""`runner rejects`."""

import sys
from pathlib import Path

import click

from runner.cli.options import (
    handled,
    output_options,
    project_options,
    readable_workspace_of,
    selection_options,
)


@click.command(epilog="Example: runner rejects --select webshop.orders --output csv")
@click.option("--build", "build_id", metavar="ID", help="Only those of one build.")
@click.option("--all", "every_build", is_flag=True, help="Those of all builds.")
@click.option("--count", "is_counted", is_flag=True, help="Count them per file and reason.")
@click.option("--settled", is_flag=True, help="Only those that a line of a later file settled.")
@output_options("table", "csv", "json")
@click.option("--show-pii", is_flag=True, help="Show personal data as it is, not as its shape.")
@selection_options
@project_options
@handled
def command(
    build_id: str | None,
    every_build: bool,
    is_counted: bool,
    settled: bool,
    output: str,
    output_file: Path | None,
    show_pii: bool,
    limit: int | None,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """List the lines and values that were set aside, with file, line, column, reason and value.

    Without --build or --all, lists those of the last import of each file that no line of a later
    file settled. The lines themselves, to be corrected and sent again, are in target/rejects/.
    """
    from runner.cli.answer import note_more_rows, rows_shown, write_rows
    from runner.errors import UsageError
    from runner.inspect.rejects import list_open_rejects, list_rejects, list_settled_rejects
    from runner.report.rejects import show_rejects
    from runner.report.terminal import open_console

    if settled and (build_id or every_build or is_counted):
        raise UsageError(
            "--settled lists those of the last imports: leave out --build, --all, --count"
        )
    shown = rows_shown(limit, output, output_file)
    workspace = readable_workspace_of(project_dir, target, variables)
    hidden, doubt = 0, ""
    if settled:
        answer = list_settled_rejects(workspace, select, exclude, shown, show_pii)
    elif build_id or every_build or is_counted:
        answer = list_rejects(
            workspace, select, exclude, build_id, every_build, shown, is_counted, show_pii
        )
    else:
        left = list_open_rejects(workspace, select, exclude, shown, show_pii)
        answer, hidden, doubt = left.answer, left.hidden, left.doubt
    if output == "table" and output_file is None and not is_counted:
        show_rejects(open_console(sys.stdout), answer)
    else:
        write_rows(answer, output, output_file)
    note_more_rows(answer, limit, shown, "--limit shows more, --count their number")
    if hidden:
        click.echo(f"lines of later files settled {hidden:,} more: --settled lists them", err=True)
    if doubt:
        click.echo(f"which of them later lines settled is not known: {doubt}", err=True)
