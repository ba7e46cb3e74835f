"""`runner clean`."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.options import handled, project_options, workspace_of

if TYPE_CHECKING:
    from runner.warehouse.retention import StagingLoss
    from runner.workspace.workspace import Workspace


@click.command(epilog="Example: runner clean --staging --older-than '400 days'")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Remove the warehouse, staged files and history too.",
)
@click.option(
    "--staging", is_flag=True, help="Remove staged files only; shows first what would be lost."
)
@click.option(
    "--older-than",
    metavar="DURATION",
    help="With --staging: only files older than this, such as '90 days'.",
)
@click.option("--yes", is_flag=True, help="With --staging: do remove the files.")
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
    """Remove compiled SQL, schemas, exports and files of models from target/.

    The warehouse, the staged files and the run history stay, unless --all is given. Without
    staged files a warehouse can be rebuilt only from files that the servers still have. The list
    of persons who may not be imported always stays, with the receipts.

    --staging shows for each goal what would be lost; with --yes it removes the files.
    """
    from runner.errors import UsageError
    from runner.stage.staging_lock import exclusive_staging
    from runner.warehouse.lock import locked
    from runner.workspace.temporary_copy import remove_abandoned

    workspace = workspace_of(project_dir, target, variables)
    generated = workspace.generated
    if not staging and (older_than or yes):
        raise UsageError("--older-than and --yes work only with --staging")
    if staging and everything:
        raise UsageError("--all removes the staged files too: use only one of --all and --staging")
    with ExitStack() as opened:
        opened.enter_context(locked(workspace.local_state, "runner clean"))
        if staging or everything:
            opened.enter_context(exclusive_staging(workspace.staging))
        if staging:
            click.echo(_clean_staging(workspace, older_than, yes))
            return
        remove_abandoned(workspace)
        names = ["compiled", "docs", "schema", "exports", "external"]
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
    """Return what dropping staged files costs; drop them where the user is sure."""
    from runner.definitions.duration import seconds
    from runner.errors import UsageError
    from runner.warehouse.ledger import read_ledger
    from runner.warehouse.retention import drop_staged, staging_loss

    try:
        age = seconds(older_than) if older_than else 0.0
    except ValueError as error:
        raise UsageError(f"--older-than: {error}") from error
    found = staging_loss(workspace, read_ledger(workspace.store), age)
    if is_sure:
        drop_staged(workspace, found.files)
    return "\n".join(_lines(found, is_sure))


def _lines(loss: "StagingLoss", is_done: bool) -> Iterator[str]:
    """Give the lines that say what dropping staged files costs, or did cost."""
    from runner.errors import counted
    from runner.report.printable import printable
    from runner.report.quantities import size

    stay = f"{counted(loss.needed, 'file')} {'stays' if loss.needed == 1 else 'stay'}"
    if not loss.files:
        yield (
            f"Nothing to remove: {stay}, the next build needs them."
            if loss.needed
            else "No staged file is that old: nothing to remove."
        )
        return
    verb = "Removed" if is_done else "Would remove"
    yield f"{verb} {counted(len(loss.files), 'staged file')}, {size(loss.disk)} on disk."
    if loss.needed:
        yield f"{stay}: the next build needs them."
    if loss.goals:
        yield "No full refresh, undo or changed definition can import these again:"
    for goal in loss.goals:
        yield (
            f"  {printable(goal.goal)}  {counted(goal.files, 'file')}, {size(goal.size)}, imported"
            f" {goal.first:%Y-%m-%d} to {goal.last:%Y-%m-%d}; whole again from what came after"
            f" {goal.last:%Y-%m-%d %H:%M} UTC"
        )
    if loss.goals:
        yield "Files that servers still have are fetched again; the warehouse stays as it is."
    if not is_done:
        yield "Nothing was removed: --yes does it."
