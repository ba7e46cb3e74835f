"""`runner show`."""

from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner show vip --limit 10")
@click.argument("model", required=False)
@click.option("-s", "--select", help="The model; the same as MODEL, for users of dbt.")
@click.option("--inline", metavar="SQL", help="SQL instead of a model.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    help="Maximum number of rows.",
)
@click.option(
    "--output",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="How rows are written.",
)
@project_options
@handled
def command(
    model: str | None,
    select: str | None,
    inline: str | None,
    limit: int,
    output: str,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Show the first rows of a model as it is written now, run on the published warehouse.

    Changes nothing: look at a model before you build it.
    """
    from runner.cli.answer import write_rows
    from runner.errors import UsageError, choices, nearest
    from runner.inspect.query import ask

    workspace = workspace_of(project_dir, target, variables)
    name = model or select
    if inline:
        write_rows(ask(workspace, inline, limit), output)
        return
    files = {file.name: file for file in workspace.project.models}
    if not name or name not in files:
        raise UsageError(
            f"there is no model '{name or ''}'.{nearest(name or '', files)} Known: {choices(files)}"
        )
    write_rows(ask(workspace, files[name].text, limit), output)
