"""`runner clean`."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.options import handled, project_options, workspace_of

if TYPE_CHECKING:
    from runner.workspace.workspace import Workspace


@click.command(epilog="Example: runner clean --staging --older-than '400 days'")
@click.option("--all", "everything", is_flag=True, help="Warehouse, staged files and history too.")
@click.option("--staging", is_flag=True, help="Staged files alone; tells first what that costs.")
@click.option("--older-than", metavar="DURATION", help="With --staging: what came so long ago.")
@click.option("--yes", is_flag=True, help="With --staging: remove them.")
@project_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    everything: bool,
    staging: bool,
    older_than: str | None,
    yes: bool,
) -> None:
    """Remove compiled SQL, schemas and exports from target/.

    The warehouse, the staged files and the run history stay, unless --all is given: without
    the staged files a warehouse can only be made anew from what the servers still have. Who may
    not be imported stays always, with the receipts. --staging tells what would be lost, goal by
    goal, and removes it with --yes.
    """
    from runner.errors import UsageError
    from runner.warehouse.lock import locked

    workspace = workspace_of(project_dir, target, variables)
    generated = workspace.generated
    if not staging and (older_than or yes):
        raise UsageError("--older-than and --yes belong to --staging")
    if staging and everything:
        raise UsageError("--all removes the staged files too: leave out one of both")
    with locked(workspace.warehouse, "runner clean"):
        if staging:
            click.echo(_clean_staging(workspace, older_than, yes))
            return
        names = ["compiled", "schema", "exports"]
        removed = [generated / name for name in names]
        if everything:
            kept = {workspace.suppressions, workspace.receipts}
            paths = [path for path in generated.iterdir() if path not in kept]
            removed = [path for path in paths if not path.name.endswith(".lock")]
        for path in removed:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    click.echo(f"removed {'everything' if everything else ', '.join(names)} from target/")


def _clean_staging(workspace: "Workspace", older_than: str | None, is_sure: bool) -> str:
    """Tell what dropping staged files costs; drop them where the user is sure."""
    from runner.definitions.duration import seconds
    from runner.errors import UsageError
    from runner.orchestrate.staging_expiry import drop_staged, loss
    from runner.report.staging import show_loss
    from runner.warehouse.ledger import read_ledger

    try:
        age = seconds(older_than) if older_than else 0.0
    except ValueError as error:
        raise UsageError(f"--older-than: {error}") from error
    found = loss(workspace, read_ledger(workspace.warehouse), age)
    if is_sure:
        drop_staged(workspace, found.files)
    return show_loss(found, is_sure)
