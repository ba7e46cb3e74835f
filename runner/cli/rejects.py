"""`runner rejects`."""

from pathlib import Path

import click

from runner.cli.options import handled, project_options, selection_options, workspace_of


@click.command(epilog="Example: runner rejects --select webshop.orders --output csv")
@click.option("--build", "build_id", metavar="ID", help="What one build set aside.")
@click.option("--all", "every_build", is_flag=True, help="What every build set aside.")
@click.option("--count", "is_counted", is_flag=True, help="Their number per file and reason.")
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
@click.option("--show-pii", is_flag=True, help="Show personal data as it is, not as its shape.")
@click.option("--limit", type=click.IntRange(min=0), help="Rows at the most.  [table: 100]")
@selection_options
@project_options
@handled
def command(
    build_id: str | None,
    every_build: bool,
    is_counted: bool,
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
    """List the lines and values that were set aside, with file, line, column and reason.

    Without --build or --all, those of the last import of each file. The lines themselves, to
    be mended and sent again, are in target/rejects/.
    """
    from runner.build.rejects import list_rejects
    from runner.cli.rows import write_rows

    shown = 100 if limit is None and output == "table" and output_file is None else limit
    answer = list_rejects(
        workspace_of(project_dir, target, variables),
        select,
        exclude,
        build_id,
        every_build,
        shown,
        is_counted,
        show_pii,
    )
    write_rows(answer, output, output_file)
    if shown == 100 and limit is None and len(answer.rows) == shown:
        click.echo("the first 100; --limit shows more, --count their number", err=True)
