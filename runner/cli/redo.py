"""`runner redo`."""

from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner redo out/orders_3.csv")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--goal", metavar="NAME", help="Of this goal, or connection, alone.")
@click.option("--wait", is_flag=True, help="Wait for a running build to end.")
@project_options
@handled
def command(
    files: tuple[str, ...],
    goal: str | None,
    wait: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Let the next build import files again that `runner undo` took out.

    They come from the server, or from their staged copies where they are gone from it. Their
    rows are the last ones then, as if the files had come now.
    """
    from runner.orchestrate.undo import redo
    from runner.report.undo import show_redo

    workspace = workspace_of(project_dir, target, variables)
    click.echo(show_redo(redo(workspace, files, goal, wait)))
