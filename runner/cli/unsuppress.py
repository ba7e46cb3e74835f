"""`runner unsuppress`."""

from pathlib import Path

import click

from runner.cli.options import handled, person_options, project_options, workspace_of
from runner.cli.suppression import change_list


@click.command(epilog="Example: runner unsuppress email=an@acme.example")
@person_options
@project_options
@handled
def command(
    pairs: tuple[str, ...],
    file: Path | None,
    wait: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Import rows again of persons whom `suppress` or `forget` put on the list.

    Any identifier that a person is listed with removes all identifiers of that person.
    """
    from runner.erasure.suppression import unsuppress

    change_list(unsuppress, workspace_of(project_dir, target, variables), pairs, file, wait)
