"""A compiled model: SQL that can be run, and where each of its lines was written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from runner.errors import Location
from runner.sql.quoting import Sql

Materialization = Literal[
    "temporary",
    "append",
    "view",
    "table",
    "incremental",
    "segment",
    "external",
    "snapshot",
    "read",
]
OnSchemaChange = Literal["ignore", "append_new_columns", "sync_all_columns", "fail"]
"""What becomes of a table of an incremental model that gives other columns than it has."""
HardDeletes = Literal["ignore", "invalidate", "new_record"]
"""What a snapshot does with a row that its model does not give any more, as in dbt."""
SNAPSHOT_COLUMNS = (
    *("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted"),
)
"""Columns that a snapshot adds; the last one with `hard_deletes: new_record`."""
WRITTEN = re.compile(r".* -- (.+\.ya?ml):([0-9]+)$")


@dataclass(frozen=True)
class SnapshotPlan:
    """How a snapshot finds what changed, and what its columns are called."""

    strategy: Literal["timestamp", "check"]
    # The column with the time of the last change; empty: changes count from when they are found.
    updated_at: str
    # Columns that are compared by `check`; all of them where empty.
    check_cols: tuple[str, ...]
    hard_deletes: HardDeletes
    # SQL that `dbt_valid_to` is of rows that hold; empty for null.
    current_end: str
    # Name of each of SNAPSHOT_COLUMNS in the table.
    names: Mapping[str, str]


@dataclass(frozen=True)
class Model:
    """One SELECT and what becomes of its rows."""

    # As a user names it: `vip`, or `webshop.orders.rows` for a step of a goal.
    name: str
    sql: str
    # The relation that the rows go to.
    relation: Sql
    materialization: Materialization
    # The compiled file, below `target/compiled/`.
    path: str
    # For each line of `sql`, where it was written.
    locations: tuple[Location, ...] = ()
    depends_on: tuple[str, ...] = ()
    # Columns by which rows are found again, for `incremental`.
    unique_key: tuple[str, ...] = ()
    on_schema_change: OnSchemaChange = "ignore"
    # Whether its rows are added to those that an incremental table has.
    adds_rows: bool = False
    # Of a snapshot.
    snapshot: SnapshotPlan | None = None

    def location_at(self, position: int | None) -> Location | None:
        """Return where the text at a character position of `sql` was written."""
        if position is None or not self.locations:
            return self.locations[0] if self.locations else None
        line = self.sql.count("\n", 0, position)
        for text in self.sql.split("\n")[line : line + 3]:
            written = WRITTEN.search(text)
            if written:
                return Location(written[1], int(written[2]))
            if not text.rstrip().endswith("then"):
                break
        return self.locations[min(line, len(self.locations) - 1)]
