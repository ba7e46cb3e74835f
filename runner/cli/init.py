"""`runner init`."""

from pathlib import Path

import click

from runner.cli.options import handled


@click.command(epilog="Example: runner init my_project && cd my_project && runner build")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@handled
def command(folder: Path | None) -> None:
    """Start a project: a copy of the starter, ready to build, in FOLDER or the current one.

    Writes nothing where one of the files exists already.
    """
    from runner.workspace.starter import start_project

    here = folder or Path()
    written = start_project(here)
    click.echo(f"{len(written)} files are in {here.resolve()}")
    steps = "runner build" if folder is None else f"cd {folder} && runner build"
    click.echo(f"Now: {steps}")
