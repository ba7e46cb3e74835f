"""The published warehouse, opened to be read."""

from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import UsageError
from runner.workspace.workspace import Workspace


def open_published(workspace: Workspace) -> Warehouse:
    """Open the published warehouse read-only; raises UsageError where there is none."""
    path = workspace.warehouse
    if not path.exists():
        raise UsageError(
            f"there is no warehouse yet for the target '{workspace.target_name}'",
            hint="run `runner build` first",
        )
    return Warehouse.open(path, read_only=True, threads=workspace.target.threads)
