"""The tables and columns that a query may name, for the page that completes them."""

from runner.errors import RunnerError
from runner.warehouse.publication import open_published
from runner.workspace.workspace import Workspace


def query_names(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """Return the columns of each public table and segment; none without a warehouse."""
    try:
        with open_published(workspace) as warehouse:
            rows = warehouse.perform("catalog.public_columns")
    except RunnerError:
        return {}
    found: dict[str, list[str]] = {}
    for relation, column in rows:
        found.setdefault(str(relation), []).append(str(column))
    return {relation: tuple(columns) for relation, columns in found.items()}
