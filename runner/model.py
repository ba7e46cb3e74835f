"""A compiled model: SQL that can be run, and where each of its lines was written."""

import re
from dataclasses import dataclass
from typing import Literal

from runner.errors import Location
from runner.sql.quoting import Sql

Materialization = Literal[
    "temporary", "append", "view", "table", "incremental", "segment", "external", "read"
]
OnSchemaChange = Literal["ignore", "append_new_columns", "sync_all_columns", "fail"]
"""What becomes of a table of an incremental model that gives other columns than it has."""
WRITTEN = re.compile(r".* -- (.+\.ya?ml):([0-9]+)$")


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
