"""The profiles that each connection imported, over all time.

They are read from the row ledger, so that an import costs nothing extra; `runner.imported` keeps
only those that are no longer in the ledger.
"""

from collections.abc import Iterable

from runner.engine.store import PUBLISHED, Store
from runner.engine.warehouse import Warehouse
from runner.sql.quoting import quoted_relation

LEDGER, TABLE = quoted_relation("runner", "rows"), quoted_relation("runner", "imported")


def keep_imported(warehouse: Warehouse, goal: str) -> None:
    """Keep the profiles that a goal imported, before its rows leave the ledger."""
    warehouse.perform(
        "exchange.keep", imported=warehouse.statement("exchange.in_ledger", goal=goal)
    )


def carry_imported(warehouse: Warehouse, store: Store, relations: Iterable[str]) -> None:
    """Keep the imported profiles of the published warehouse in one that starts empty.

    `relations` are those of the published one; there are none where it cannot be read.
    """
    if LEDGER not in relations:
        return
    with store.attached(warehouse, PUBLISHED) as database:
        imported = warehouse.statement(
            "exchange.all", has_kept=TABLE in relations, database=database
        )
        warehouse.perform("exchange.keep", imported=imported)


def prune_imported(warehouse: Warehouse) -> None:
    """Remove the kept profiles that are in the row ledger again."""
    if warehouse.count(TABLE):
        warehouse.perform("exchange.prune")


def count_imported(warehouse: Warehouse) -> dict[str, int]:
    """Return how many profiles each connection imported, also where an older runner built."""
    return dict(
        warehouse.perform("exchange.count_imported", has_kept=TABLE in warehouse.relations())
    )
