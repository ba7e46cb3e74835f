"""`runner add`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.options import handled, project_options, workspace_of

if TYPE_CHECKING:
    from runner.propose.project_files import NewConnection


@click.command(epilog="Example: runner add 'drop/orders_*.csv' drop/customers.csv --print")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--connection",
    metavar="NAME",
    help="The connection of the files; one that is not there yet is made, to their folder.",
)
@click.option("--goal", metavar="NAME", help="Name of the goal; that of the first file if absent.")
@click.option("--print", "is_printed", is_flag=True, help="Print the YAML, and write nothing.")
@project_options
@handled
def command(
    files: tuple[str, ...],
    connection: str | None,
    goal: str | None,
    is_printed: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Propose a goal that imports files, and write it into the project.

    FILE is a path or a pattern in quotes, on this machine or on the server of --connection. The
    first is the main file; the others are joined to it where their values find partners, and files
    that the connection has already are named where theirs do. All lines are read to find the
    format, types, identifiers and personal data. What is not certain is said in comments: review
    them before a build.
    """
    from runner.propose.checked_writing import write_checked
    from runner.propose.declared_links import add_link_notes
    from runner.propose.given_files import connection_to, given_files
    from runner.propose.goal_proposal import propose
    from runner.propose.project_files import new_texts
    from runner.report.proposal import show_proposal, show_texts

    workspace = workspace_of(project_dir, target, variables)
    project = workspace.project
    names = [item.connection for item in project.connections]
    known = connection if connection in names else None
    if connection is None:
        known = connection_to(workspace, files[0])
    with given_files(files, workspace, known) as given:
        goals = [item.name for it in project.connections for item in it.goals]
        proposal = propose(given, goal or "", project.properties, goals)
        if known:
            add_link_notes(proposal, workspace, known, [pattern for _, pattern in given])
    where = known or _new_connection(connection, files[0])
    texts = new_texts(project_dir, project, where, proposal)
    if is_printed:
        show_texts(proposal, project.properties)
        return
    write_checked(project_dir, texts)
    connection_name = where if isinstance(where, str) else where.name
    show_proposal(proposal, texts, f"{connection_name}.{proposal.name}")


def _new_connection(name: str | None, file: str) -> "NewConnection":
    """Return a connection to the folder of a file."""
    from runner.propose.names import property_name
    from runner.propose.project_files import NewConnection

    folder = Path(file).parent
    own = name or property_name(folder.resolve().name, 1, (), "files")
    return NewConnection(own, folder)
