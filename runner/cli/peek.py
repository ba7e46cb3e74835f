"""`runner peek`."""

import sys
from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner peek out/orders_1.csv --connection webshop")
@click.argument("file", metavar="FILE")
@click.option("--connection", metavar="NAME", help="The connection on whose server it is.")
@click.option(
    "--rows", type=click.IntRange(min=1), default=5, show_default=True, help="Records to show."
)
@click.option("--format", "stated", metavar="YAML", help="How it is read, as '{separator: \";\"}'.")
@click.option("--show-pii", is_flag=True, help="Show values as they are, not as their shape.")
@project_options
@handled
def command(
    file: str,
    connection: str | None,
    rows: int,
    stated: str | None,
    show_pii: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Show the first records of a file under the format that is found, or under a stated one.

    FILE is a path or a pattern in quotes, on this machine or on the server of --connection; of
    several files the last is shown. Needs no goal, and without --connection no project.
    """
    from runner.propose.given_files import given_files
    from runner.propose.peek import peek
    from runner.report.proposal import show_peek

    workspace = workspace_of(project_dir, target, variables) if connection else None
    with given_files([file], workspace, connection) as ((paths, _),):
        found = peek(paths[-1], stated, rows, show_pii)
    show_peek(sys.stdout, found, show_pii)
