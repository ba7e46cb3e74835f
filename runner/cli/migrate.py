"""`runner migrate`."""

from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner migrate --from local --target cluster")
@click.option("--from", "source", metavar="NAME", help="The target with the warehouse to carry.")
@click.option("--wait", is_flag=True, help="Wait until a running build has ended.")
@project_options
@handled
def command(
    source: str | None,
    wait: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Carry the warehouse of a target to one with `engine: spark`, which has none yet.

    All tables, ledgers and ids are carried, and what was sent to partners: the next build of the
    target imports nothing again. The warehouse that is carried stays as it is; its kept versions
    are not carried.
    """
    from runner.errors import counted
    from runner.orchestrate.migrate import migrate_warehouse
    from runner.report.printable import printable

    workspaces = (
        workspace_of(project_dir, source, variables),
        workspace_of(project_dir, target, variables),
    )
    done = migrate_warehouse(*workspaces, wait)
    rows = counted(sum(done.rows.values()), "row")
    click.echo(f"{counted(len(done.rows), 'table')} with {rows} carried.")
    name = workspaces[1].target_name
    click.echo(f"The warehouse of build {printable(done.build_id)} is published on {name}.")
    for connection in done.unsent:
        click.echo(
            f"{printable(connection)}: what was sent is not carried, since the targets reach"
            " other places"
        )
