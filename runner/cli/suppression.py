"""What `runner suppress` and `runner unsuppress` do alike."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from runner.erasure.people import Named
    from runner.erasure.receipt import Receipt
    from runner.workspace.workspace import Workspace

Change = Callable[["Workspace", "Sequence[Named]", bool], "Receipt"]


def change_list(
    change: Change, workspace: "Workspace", pairs: tuple[str, ...], file: Path | None, wait: bool
) -> None:
    """Put people on the list of those who are not imported, or lift them, and show the receipt."""
    from runner.erasure.people import named
    from runner.report.receipt import show_receipt

    receipt = change(workspace, named(workspace, pairs, file), wait)
    click.echo(show_receipt(receipt, f"target/receipts/{receipt.id}.json"))
