"""`runner docs`."""

from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner docs && xdg-open target/docs/index.html")
@project_options
@handled
def command(project_dir: Path, target: str | None, variables: str | None) -> None:
    """Write the documentation of the project to target/docs, with its lineage.

    The page opens from the disk, without a server or a network: lineage from files to exports, the
    definition and the SQL of each node, its columns and tests, and what the last builds did.
    """
    from runner.site.page import write_site

    workspace = workspace_of(project_dir, target, variables, leaves_broken=True)
    index = write_site(workspace)
    click.echo(f"{index.relative_to(workspace.project.root)} is written; open it in a browser")
