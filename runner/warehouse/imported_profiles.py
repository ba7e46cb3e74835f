"""The profiles that each connection imported, over all time.

The row ledger holds them, so that no import pays for it; only those that the ledger forgets are
kept beside it, in `runner.imported`.
"""

from collections.abc import Iterable
from pathlib import Path

from runner.engine.duckdb.statement import statement
from runner.engine.duckdb.warehouse import Warehouse
from runner.sql.quoting import quoted_relation

LEDGER, TABLE = quoted_relation("runner", "rows"), quoted_relation("runner", "imported")


def keep_imported(warehouse: Warehouse, goal: str) -> None:
    """Keep whom a goal imported, before its rows are forgotten."""
    warehouse.perform("exchange.keep", imported=statement("exchange.in_ledger", goal=goal))


def carry_imported(warehouse: Warehouse, earlier: Path, relations: Iterable[str]) -> None:
    """Keep in a warehouse that is made anew whom the earlier one tells of.

    `relations` are those of the earlier one; there are none where it cannot be read.
    """
    if LEDGER not in relations:
        return
    imported = statement("exchange.all", has_kept=TABLE in relations, database="earlier")
    warehouse.perform("session.attach", path=earlier)
    try:
        warehouse.perform("exchange.keep", imported=imported)
    finally:
        warehouse.perform("session.detach")


def prune_imported(warehouse: Warehouse) -> None:
    """Forget of whom was kept those that the row ledger tells of again."""
    if warehouse.count(TABLE):
        warehouse.perform("exchange.prune")


def count_imported(warehouse: Warehouse) -> dict[str, int]:
    """Return how many profiles each connection imported; of a warehouse of an older runner too."""
    return dict(
        warehouse.perform("exchange.count_imported", has_kept=TABLE in warehouse.relations())
    )
