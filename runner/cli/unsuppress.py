"""`runner unsuppress`."""

from pathlib import Path

import click

from runner.cli.options import handled, people_options, project_options, workspace_of
from runner.cli.suppression import change_list


@click.command(epilog="Example: runner unsuppress email=an@acme.example")
@people_options
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
    """Let people be imported again whom `suppress` or `forget` put on the list.

    Any identifier that somebody was put on it with lifts all of them.
    """
    from runner.erasure.suppression import unsuppress

    change_list(unsuppress, workspace_of(project_dir, target, variables), pairs, file, wait)
