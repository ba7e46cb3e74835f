"""`runner redo`."""

from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner redo out/orders_3.csv")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--goal", metavar="NAME", help="Only for this goal, or the goals of this connection.")
@click.option("--wait", is_flag=True, help="Wait until a running build has ended.")
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
    """Let the next build import files again that `runner undo` took out of the warehouse.

    It takes them from the server, or from their staged copies if the server no longer has them.
    Their rows are applied after all others, as if the files were new.
    """
    from runner.orchestrate.undo import redo
    from runner.report.undo import show_redo

    workspace = workspace_of(project_dir, target, variables)
    click.echo(show_redo(redo(workspace, files, goal, wait)))
