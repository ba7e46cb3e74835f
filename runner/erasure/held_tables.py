"""Tables of a warehouse that hold persons, and the deletions that erase them (C2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from runner.engine.warehouse import Warehouse
from runner.erasure.conditions import Conditions
from runner.sql.quoting import Sql, quoted_relation

STATE = frozenset(
    quoted_relation("runner", name)
    for name in (
        "files",
        "goals",
        "left_out_rows",
        "models",
        "returning",
        "undone",
        "published",
        "suppressed",
        "product_feed",
        "format",
    )
)
"""Tables of runner about files, goals, models and builds; they hold no persons."""

KEYS = quoted_relation("runner", "keys")
EVENT_NOTES = frozenset(
    (quoted_relation("runner", "events"), quoted_relation("runner", "event_lineage"))
)
REJECTS = quoted_relation("runner", "rejects")
BY_STATEMENT = EVENT_NOTES | {KEYS, REJECTS}
"""Tables of runner that hold persons without a column of their ids: each has a statement."""

ORIGIN = "origin"
"""The column with the line that a row of runner's tables came from."""

NAMING_OTHERS = frozenset((quoted_relation("runner", "conflicts"),))
"""Tables with ids of profiles whose rows also name persons without one."""

SHARED = ("products", "profiles", "profile_groups", "segment_members")
LINKS = ("profile_groups", "segment_members")
SHARED_BEGINNINGS = ("events_", "groups_")


@dataclass(frozen=True)
class HeldTable:
    """A table of a warehouse, with the columns that name profiles."""

    relation: Sql
    columns: tuple[str, ...]
    ids: tuple[str, ...]
    id_lists: tuple[str, ...]

    @property
    def has_persons(self) -> bool:
        """Whether its rows are found by profile ids."""
        return bool(self.ids or self.id_lists)

    @property
    def is_model(self) -> bool:
        """Whether it is a table of the project: neither of runner, nor filled by goals."""
        schema, name = self.relation.replace('"', "").split(".", 1)
        if schema == "runner":
            return False
        return schema != "main" or not (name in SHARED or name.startswith(SHARED_BEGINNINGS))

    @property
    def is_of_groups(self) -> bool:
        """Whether it is the table of a group type."""
        return self.relation.startswith('main."groups_') and "group_id" in self.columns

    @property
    def is_of_customers(self) -> bool:
        """Whether it has the values of profiles, groups, events or products."""
        schema, name = self.relation.replace('"', "").split(".", 1)
        return schema == "main" and not self.is_model and name not in LINKS

    @property
    def is_searched(self) -> bool:
        """Whether it is a table of runner whose rows are found only by a search of their values."""
        is_own = self.relation.startswith('runner."')
        return is_own and not self.has_persons and self.relation not in STATE | BY_STATEMENT

    @property
    def event_type(self) -> str | None:
        """Return the event type whose events it holds; None for other tables."""
        name = self.relation.removeprefix('main."events_').removesuffix('"')
        is_events = self.relation.startswith('main."events_') and "occurred_at" in self.columns
        return name if is_events else None


def held_tables(warehouse: Warehouse) -> tuple[HeldTable, ...]:
    """Return all tables of a warehouse."""
    return tuple(
        HeldTable(Sql(relation), tuple(columns), tuple(ids or ()), tuple(id_lists or ()))
        for relation, columns, ids, id_lists in warehouse.perform("catalog.profile_columns")
    )


def deletions(
    tables: Sequence[HeldTable], conditions: Conditions
) -> Iterator[tuple[Sql, str, dict[str, Any]]]:
    """Give the table, the statement and its values of each deletion.

    Rows that are found through another table are deleted before its rows.
    """
    names = {table.relation for table in tables}
    for table in tables:
        for notes in sorted(EVENT_NOTES & names) if table.event_type else ():
            values = {"relation": notes, "events": table.relation, "type": table.event_type}
            yield notes, "erasure.delete_event_rows", values
    if KEYS in names:
        yield KEYS, "erasure.delete_keys", {}
    for table in tables:
        if table.is_of_groups:
            yield table.relation, "erasure.delete_groups", {"relation": table.relation}
        if table.has_persons:
            yield table.relation, "erasure.delete_profiles", _columns(table, conditions)
        if table.is_model or table.is_searched or table.relation in NAMING_OTHERS:
            values = {"relation": table.relation, "matches": conditions.row_matches}
            yield table.relation, "erasure.delete_matches", values
    if REJECTS in names:
        matches = conditions.text_matches("coalesce(value, '')")
        yield REJECTS, "erasure.delete_rejects", {"matches": matches}


def _columns(table: HeldTable, conditions: Conditions) -> dict[str, Any]:
    """Return the columns by which rows of persons are found."""
    is_own = table.relation.startswith('runner."')
    has_value = {"identifier", "value"} <= {*table.columns}
    return {
        "relation": table.relation,
        "ids": table.ids,
        "id_lists": table.id_lists,
        # What a row said of a person without a profile, such as a refusal.
        "origin": ORIGIN if is_own and ORIGIN in table.columns else None,
        "address": conditions.address('"value"') if is_own and has_value else None,
    }
