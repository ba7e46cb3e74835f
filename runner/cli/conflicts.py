"""`runner conflicts`."""

from pathlib import Path

import click

from runner.cli.options import handled, project_options, selection_options, workspace_of


@click.command(epilog="Example: runner conflicts --select webshop.orders --output json")
@click.option(
    "-o",
    "--output",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="How rows are written.",
)
@click.option(
    "--output-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to a file.",
)
@click.option("--limit", type=click.IntRange(min=0), help="Rows at the most.  [table: 100]")
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
    from runner.build.conflicts import list_conflicts
    from runner.cli.rows import write_rows
    from runner.report.conflicts import told_rows

    shown = 100 if limit is None and output == "table" and output_file is None else limit
    workspace = workspace_of(project_dir, target, variables)
    answer = list_conflicts(workspace, select, exclude, shown, show_pii)
    write_rows(answer if output == "json" else told_rows(answer), output, output_file)
    if shown == 100 and limit is None and len(answer.rows) == shown:
        click.echo("the first 100; --limit shows more", err=True)
