"""`runner rows`."""

from pathlib import Path

import click

from runner.cli.options import (
    handled,
    output_options,
    project_options,
    selection_options,
    workspace_of,
)


@click.command(epilog="Example: runner rows --outcome no_consent --select webshop.orders")
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    type=click.Choice(
        ("suppressed", "no_consent", "unmatched", "filtered", "duplicate", "ambiguous")
    ),
    help="Only rows with this outcome; can be repeated.",
)
@output_options("table", "csv", "json")
@selection_options
@project_options
@handled
def command(
    outcomes: tuple[str, ...],
    output: str,
    output_file: Path | None,
    limit: int | None,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """List the rows that were read and not applied, with file, line and why.

    Rows of persons who are suppressed, do not consent, or have no profile under `create_profiles:
    false` are pending: the first build after the reason is gone applies them.
    """
    from runner.cli.answer import note_more_rows, rows_shown, write_rows
    from runner.inspect.left_out_rows import left_out_rows

    shown = rows_shown(limit, output, output_file)
    workspace = workspace_of(project_dir, target, variables)
    answer = left_out_rows(workspace, outcomes, select, exclude, shown)
    write_rows(answer, output, output_file)
    note_more_rows(answer, limit, shown, "--limit shows more")
