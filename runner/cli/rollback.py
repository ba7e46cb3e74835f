"""`runner rollback`."""

from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner rollback --list")
@click.argument("build", required=False)
@click.option("--list", "is_list", is_flag=True, help="List the builds one can go back to.")
@click.option("--wait", is_flag=True, help="Wait for a running build to end.")
@project_options
@handled
def command(
    build: str | None,
    is_list: bool,
    wait: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Publish the warehouse of an earlier build again: of BUILD, or of the one before the last.

    What was published is kept in its turn. Files imported since then are imported again by the
    next build: take a bad file off the server first, or mend the definitions.
    """
    from runner.orchestrate.rollback import kept_warehouses, roll_back
    from runner.report.rollback import show_rollback

    workspace = workspace_of(project_dir, target, variables)
    if is_list:
        for build_id in kept_warehouses(workspace):
            click.echo(build_id)
        return
    click.echo(show_rollback(roll_back(workspace, build, wait)))
