"""`runner suppress`."""

from pathlib import Path

import click

from runner.cli.options import handled, people_options, project_options, workspace_of


@click.command(epilog="Example: runner suppress email=an@acme.example")
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
    """Import no more rows of people; what the warehouse has of them stays.

    Their rows are counted as `suppressed` from now on. `runner unsuppress` lifts it.
    """
    from runner.build.people import named
    from runner.build.suppression import suppress
    from runner.report.receipt import show_receipt

    workspace = workspace_of(project_dir, target, variables)
    receipt = suppress(workspace, named(workspace, pairs, file), wait)
    click.echo(show_receipt(receipt, f"target/receipts/{receipt.id}.json"))
