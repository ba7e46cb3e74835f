"""`runner forget`."""

import sys
from pathlib import Path

import click

from runner.cli.options import handled, person_options, project_options, workspace_of


@click.command(epilog="Example: runner forget email=an@acme.example --dry-run")
@click.option(
    "--dry-run", "is_dry_run", is_flag=True, help="Show what would be erased, and erase nothing."
)
@click.option(
    "--yes", "is_sure", is_flag=True, help="Do not ask; needed without a terminal, as in CI."
)
@person_options
@project_options
@handled
def command(
    pairs: tuple[str, ...],
    file: Path | None,
    is_dry_run: bool,
    is_sure: bool,
    wait: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Erase persons from the warehouse and everything else below target/, for good.

    Any identifier finds their profiles. Their rows in later files are not imported but counted
    as `suppressed`. Run the command again if it was killed.
    """
    from runner.erasure.forget import forget
    from runner.erasure.identifier_values import read_identifier_values
    from runner.errors import UsageError, counted
    from runner.report.receipt import show_receipt

    def confirm(persons: int, profiles: int) -> bool:
        if is_sure:
            return True
        question = f"Erase {counted(persons, 'person')}, {counted(profiles, 'profile')}?"
        return click.confirm(f"{question} This cannot be undone", err=True)

    workspace = workspace_of(project_dir, target, variables)
    wanted = read_identifier_values(workspace, pairs, file)
    if not (is_sure or is_dry_run or sys.stdin.isatty()):
        raise UsageError(
            "no terminal to ask for confirmation", hint="pass --yes, or --dry-run to look first"
        )
    receipt = forget(workspace, wanted, is_dry_run=is_dry_run, wait=wait, confirm=confirm)
    path = "" if is_dry_run else f"target/receipts/{receipt.id}.json"
    click.echo(show_receipt(receipt, path))
