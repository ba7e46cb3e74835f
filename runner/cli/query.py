"""`runner query`."""

import sys
from pathlib import Path

import click

from runner.cli.options import handled, output_options, project_options, readable_workspace_of


@click.command(epilog='Example: runner query "select city, count(*) from profiles group by 1"')
@click.argument("sql", required=False)
@click.option(
    "--file",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the SQL from a file.",
)
@output_options("table", "csv", "json", "parquet")
@project_options
@handled
def command(
    sql: str | None,
    file: Path | None,
    output: str,
    output_file: Path | None,
    limit: int | None,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Run SQL on the published warehouse, read-only, also while a build runs.

    The SQL is the argument, a --file, or standard input; {{ ref('vip') }} works in it.
    """
    from runner.cli.answer import note_more_rows, rows_shown, write_rows
    from runner.errors import UsageError, counted
    from runner.inspect.query import ask, save_parquet

    text = sql or (file.read_text(encoding="utf-8") if file else sys.stdin.read())
    workspace = readable_workspace_of(project_dir, target, variables)
    if output == "parquet":
        if output_file is None:
            raise UsageError("parquet is not text: name a file with --output-file")
        rows = save_parquet(workspace, text, output_file)
        click.echo(f"{counted(rows, 'row is', 'rows are')} in {output_file}", err=True)
        return
    shown = rows_shown(limit, output, output_file)
    answer = ask(workspace, text, shown)
    write_rows(answer, output, output_file)
    note_more_rows(answer, limit, shown, "--limit shows more")
