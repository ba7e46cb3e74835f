"""`runner suppress`."""

from pathlib import Path

import click

from runner.cli.options import handled, person_options, project_options, workspace_of
from runner.cli.suppression import change_list


@click.command(epilog="Example: runner suppress email=an@acme.example")
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
    """Stop importing the rows of persons; their data in the warehouse stays.

    Their rows are counted as `suppressed` from now on. `runner unsuppress` lifts it.
    """
    from runner.erasure.suppression import suppress

    change_list(suppress, workspace_of(project_dir, target, variables), pairs, file, wait)
