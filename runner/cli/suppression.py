"""The common part of `runner suppress` and `runner unsuppress`."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from runner.erasure.identifier_values import IdentifierValue
    from runner.erasure.receipt import Receipt
    from runner.workspace.workspace import Workspace

Change = Callable[["Workspace", "Sequence[IdentifierValue]", bool], "Receipt"]


def change_list(
    change: Change, workspace: "Workspace", pairs: tuple[str, ...], file: Path | None, wait: bool
) -> None:
    """Change the list of persons who may not be imported, and show the receipt."""
    from runner.erasure.identifier_values import read_identifier_values
    from runner.report.receipt import show_receipt

    receipt = change(workspace, read_identifier_values(workspace, pairs, file), wait)
    click.echo(show_receipt(receipt, f"target/receipts/{receipt.id}.json"))
