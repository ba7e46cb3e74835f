"""The published warehouse, opened to be read."""

from pathlib import Path

from runner.engine.warehouse import Warehouse
from runner.errors import UsageError
from runner.workspace.workspace import Workspace


def open_published(
    workspace: Workspace, spill_to: Path | None = None, *, is_lockable: bool = False
) -> Warehouse:
    """Open the published warehouse read-only; raises UsageError where there is none.

    What does not fit into the memory goes to the folder `spill_to`. `lock` may follow only where
    it `is_lockable`.
    """
    store = workspace.store
    if not store.is_published:
        raise UsageError(
            f"there is no warehouse yet for the target '{workspace.target_name}'",
            hint="run `runner build` first",
        )
    return store.open(spill_to=spill_to, is_lockable=is_lockable)
