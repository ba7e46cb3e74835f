"""`runner conflicts`."""

from pathlib import Path

import click

from runner.cli.options import (
    handled,
    output_options,
    project_options,
    selection_options,
    workspace_of,
)


@click.command(epilog="Example: runner conflicts --select webshop.orders --output json")
@output_options("table", "csv", "json")
@click.option("--show-pii", is_flag=True, help="Show personal data as it is, not as its shape.")
@selection_options
@project_options
@handled
def command(
    output: str,
    output_file: Path | None,
    limit: int | None,
    show_pii: bool,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """List the rows that lead to several profiles and were applied to none of them.

    For each its identifiers, and the profile that each of them finds. A line of
    models/identity/decisions.csv settles it: `merge`, or `separate`.
    """
    from runner.cli.rows import rows_shown, tell_more, write_rows
    from runner.inspect.conflicts import list_conflicts
    from runner.report.conflicts import told_rows

    shown = rows_shown(limit, output, output_file)
    workspace = workspace_of(project_dir, target, variables)
    answer = list_conflicts(workspace, select, exclude, shown, show_pii)
    write_rows(answer if output == "json" else told_rows(answer), output, output_file)
    tell_more(answer, limit, shown, "--limit shows more")
