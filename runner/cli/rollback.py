"""`runner rollback`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.options import handled, project_options, workspace_of

if TYPE_CHECKING:
    from runner.orchestrate.rollback import RolledBack

SHOWN = 10
"""Files that are named."""


@click.command(epilog="Example: runner rollback --list")
@click.argument("build", required=False)
@click.option("--list", "is_list", is_flag=True, help="List the builds whose warehouses are kept.")
@click.option("--wait", is_flag=True, help="Wait until a running build has ended.")
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

    The published warehouse is kept, so that you can return to it. The next build imports the
    files again that came since: first remove a bad file from the server, or undo it.
    """
    from runner.orchestrate.rollback import kept_warehouses, roll_back

    workspace = workspace_of(project_dir, target, variables)
    if is_list:
        for build_id in kept_warehouses(workspace):
            click.echo(build_id)
        return
    click.echo("\n".join(_lines(roll_back(workspace, build, wait))))


def _lines(done: "RolledBack") -> Iterator[str]:
    """Give the lines that say what a rollback did, and what the next build will do."""
    from runner.errors import counted
    from runner.report.printable import printable

    yield f"The warehouse of build {printable(done.build_id)} is published."
    before = printable(done.replaced)
    yield f"To return to that of {before}: runner rollback {before}"
    if done.returning:
        yield f"The next build imports {counted(len(done.returning), 'file')} again:"
    for file in done.returning[:SHOWN]:
        yield f"  {printable(file.goal)}  {printable(file.path)}"
    if len(done.returning) > SHOWN:
        yield f"  and {len(done.returning) - SHOWN} more"
