"""The values that a profile had in the warehouses that are kept."""

from collections.abc import Mapping
from typing import Any

from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.explain.explanation import EarlierValue
from runner.explain.folding import is_same
from runner.model import Model
from runner.sql.quoting import Sql
from runner.warehouse.ledger import published_build
from runner.workspace.workspace import Workspace


def read_values(warehouse: Warehouse, profile_id: str) -> dict[str, Any]:
    """Return the properties of a profile by name; none where it is not there."""
    sql = warehouse.statement("profiles.profile", profile_id=profile_id)
    columns, rows = warehouse.select(Model("profile", sql, Sql(""), "read", ""), 1)
    return dict(zip(columns, rows[0], strict=True)) if rows else {}


def earlier_values(
    workspace: Workspace, profile_id: str, values: Mapping[str, Any], build_id: str
) -> dict[str, list[EarlierValue]]:
    """Return the values that kept warehouses have, and from which build on another one.

    `values` are those of the published warehouse, which the build `build_id` made.
    """
    found: dict[str, list[EarlierValue]] = {}
    after, until = values, build_id
    for version in reversed(workspace.store.versions()):
        try:
            with workspace.store.open(version) as warehouse:
                before = read_values(warehouse, profile_id)
                made_by = published_build(warehouse)
        except ExecutionError:
            continue
        for name, value in before.items():
            if value is not None and name in after and not is_same(value, after[name]):
                found.setdefault(name, []).insert(0, EarlierValue(value, until))
        after, until = before or after, made_by
    return found
