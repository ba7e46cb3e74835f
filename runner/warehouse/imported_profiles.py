"""The profiles that each connection imported, over all time.

The row ledger holds them, so that no import pays for it; only those that the ledger forgets are
kept beside it, in `runner.imported`.
"""

from collections.abc import Iterable
from pathlib import Path

from runner.engine.duckdb.statement import statement
from runner.engine.duckdb.warehouse import Warehouse
from runner.sql.quoting import quoted_text

LEDGER, TABLE = 'runner."rows"', 'runner."imported"'


def keep_imported(warehouse: Warehouse, goal: str) -> None:
    """Keep whom a goal imported, before its rows are forgotten."""
    select = statement(
        "imported_profiles", database="", condition=f"rows.goal = {quoted_text(goal)}"
    )
    warehouse.perform("keep_imported", select=select)


def carry_imported(warehouse: Warehouse, earlier: Path, relations: Iterable[str]) -> None:
    """Keep in a warehouse that is made anew whom the earlier one tells of.

    `relations` are those of the earlier one; there are none where it cannot be read.
    """
    if LEDGER not in relations:
        return
    warehouse.perform("attach_earlier", path=quoted_text(str(earlier)))
    try:
        warehouse.perform("keep_imported", select=imported_select(relations, "earlier."))
    finally:
        warehouse.perform("detach_earlier")


def prune_imported(warehouse: Warehouse) -> None:
    """Forget of whom was kept those that the row ledger tells of again."""
    if warehouse.count("runner.imported"):
        select = statement("imported_profiles", database="", condition="true")
        warehouse.perform("prune_imported", select=select)


def imported_select(relations: Iterable[str], database: str = "") -> str:
    """Return the SELECT of all whom a warehouse tells of, one made by an older runner too."""
    select = statement("imported_profiles", database=database, condition="true")
    if TABLE in relations:
        select += "\nunion all\n" + statement("imported_before", database=database)
    return select
