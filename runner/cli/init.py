"""`runner init`."""

from pathlib import Path

import click

from runner.cli.options import handled


@click.command(epilog="Example: runner init my_project && cd my_project && runner build")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--empty", is_flag=True, help="A project without connections, models and files.")
@click.option(
    "--from",
    "files",
    multiple=True,
    metavar="FILE",
    help="A project that imports this file; several are joined to the first.",
)
@handled
def command(folder: Path | None, empty: bool, files: tuple[str, ...]) -> None:
    """Start a project in FOLDER or the current one: a copy of the starter, ready to build.

    With --from, the project has a goal that is proposed for a file, as by `runner add`; with
    --empty, it has nothing but its settings. Writes nothing where a file exists already.
    """
    from runner.definitions.schema import write_schemas
    from runner.workspace.starter import start_empty, start_project

    here = folder or Path()
    next_step = "runner build"
    if files:
        goal = _start_from(here, files)
        next_step = f"runner preview {goal}; then: runner build"
    elif empty:
        start_empty(here)
        next_step = "runner add FILE, which proposes a goal for a file"
    else:
        click.echo(f"{len(start_project(here))} files are in {here.resolve()}")
    write_schemas(here / "target" / "schema")
    steps = next_step if folder is None else f"cd {folder} && {next_step}"
    click.echo(f"Now: {steps}")
    click.echo("Documents: runner help first-project; commands: runner --help")


def _start_from(here: Path, files: tuple[str, ...]) -> str:
    """Write a project with a goal that is proposed for files; returns the name of the goal."""
    from runner.propose.checked_writing import write_checked
    from runner.propose.given_files import given_files
    from runner.propose.goal_proposal import propose
    from runner.propose.names import property_name
    from runner.propose.project_files import NewConnection, new_texts
    from runner.report.proposal import show_proposal
    from runner.workspace.starter import start_empty

    with given_files(files, None, None) as given:
        proposal = propose(given)
    folder = Path(files[0]).parent
    connection = NewConnection(property_name(folder.resolve().name, 1, (), "files"), folder)
    texts = new_texts(here, None, connection, proposal)
    start_empty(here)
    write_checked(here, texts)
    goal = f"{connection.name}.{proposal.name}"
    show_proposal(proposal, texts, "")
    return goal
