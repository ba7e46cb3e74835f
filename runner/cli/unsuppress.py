"""`runner unsuppress`."""

from pathlib import Path

import click

from runner.cli.options import handled, people_options, project_options, workspace_of


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
    from runner.build.people import named
    from runner.build.suppression import unsuppress
    from runner.report.receipt import show_receipt

    workspace = workspace_of(project_dir, target, variables)
    receipt = unsuppress(workspace, named(workspace, pairs, file), wait)
    click.echo(show_receipt(receipt, f"target/receipts/{receipt.id}.json"))
