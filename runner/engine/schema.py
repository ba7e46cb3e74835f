"""The tables of a warehouse: made, brought up to date, and given declared columns."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.sql.quoting import Sql

FORMAT = 2
"""Format of the tables of the schema `runner`; a higher one is not understood."""
MIGRATIONS = {2: "warehouse.to_format_2"}
"""Format -> statement that renames what the format before it called otherwise."""

Columns = Mapping[str, tuple[str, str]]
"""Column -> its SQL type and its comment."""
PresentColumns = Mapping[str, Columns]
"""Table -> its columns."""


@dataclass(frozen=True)
class DeclaredTable:
    """A table with a column per declared property."""

    relation: Sql
    columns: Columns
    # `event`, `item` or `group`; empty for the tables that every warehouse has.
    kind: str = ""
    comment: str = ""

    @property
    def values(self) -> dict[str, Any]:
        """Return what the statement takes that makes the table."""
        named = {"relation": self.relation, "comment": self.comment, "described": self.columns}
        return {"kind": self.kind, **named}


def prepare(warehouse: Warehouse) -> bool:
    """Make the tables; returns whether there were none.

    Those of an older runner get what they lack; those that the same statements made are left as
    they are. Raises ExecutionError where a newer one made them.
    """
    is_new = migrate(warehouse)
    values = warehouse.statement("identifiers.text_functions")
    made_by = hashlib.sha256((_tables(warehouse, "") + values).encode()).hexdigest()[:12]
    if not warehouse.value("catalog.is_made_by", made_by=made_by):
        warehouse.perform("warehouse.tables", version=FORMAT, made_by=made_by)
        if not is_new:
            warehouse.perform("identifiers.text_functions")
            warehouse.perform("identifiers.normalize_values")
    return is_new


def _tables(warehouse: Warehouse, made_by: str) -> str:
    return warehouse.statement("warehouse.tables", version=FORMAT, made_by=made_by)


def migrate(warehouse: Warehouse) -> bool:
    """Rename what an older runner called otherwise; returns whether there is no table at all.

    Raises as `check_format` does.
    """
    relations = warehouse.relations()
    version = check_format(warehouse, relations)
    if not version and not warehouse.has("runner", "rows", relations):
        return True
    for number in range(version + 1, FORMAT + 1):
        if number in MIGRATIONS:
            warehouse.perform(MIGRATIONS[number])
    return False


def check_format(warehouse: Warehouse, relations: Collection[str] | None = None) -> int:
    """Return the format of the tables; 0 where none is stored. `relations` as `has` takes them.

    Raises ExecutionError where a newer runner made the warehouse.
    """
    if not warehouse.has("runner", "format", relations):
        return 0
    version = int(warehouse.value("catalog.format"))
    if version > FORMAT:
        raise ExecutionError(
            "a newer runner made the warehouse: its tables have"
            f" format {version}, and this one knows {FORMAT}: update runner"
        )
    return version


def present_columns(warehouse: Warehouse) -> PresentColumns:
    """Return the columns of all tables, as `shape` takes them."""
    present: dict[str, dict[str, tuple[str, str]]] = {}
    for table, name, data_type, comment in warehouse.perform("catalog.columns"):
        present.setdefault(table, {})[str(name)] = (str(data_type), str(comment))
    return present


def declare(warehouse: Warehouse, tables: Iterable[DeclaredTable], is_new: bool) -> None:
    """Make the tables that are declared, and give them the columns that they lack.

    A warehouse that `is_new` has no column of a property.
    """
    present = {} if is_new else present_columns(warehouse)
    for table in tables:
        if not table.kind or _plain_name(table.relation) in present:
            shape(warehouse, table.relation, table.columns, present)
        if table.kind:
            warehouse.perform("tables.declared", **table.values)


def shape(
    warehouse: Warehouse,
    relation: str,
    columns: Columns,
    all_present: PresentColumns | None = None,
) -> None:
    """Give a table the columns that are declared.

    A column whose type changed keeps the values that can be read as the new type. `all_present`,
    read once, serves for many tables.
    """
    all_present = present_columns(warehouse) if all_present is None else all_present
    present = all_present.get(_plain_name(relation), {})
    added = {
        name: declared
        for name, declared in columns.items()
        if name not in present or present[name][1] != declared[1]
    }
    if added:
        warehouse.perform("relation.add_columns", relation=Sql(relation), described=added)
    for name in columns.keys() & present.keys():
        sql_type, known_type = columns[name][0], present[name][0]
        if _plain(known_type) != _plain(sql_type):
            column = {"relation": Sql(relation), "column": name, "sql_type": Sql(sql_type)}
            warehouse.perform("relation.change_column", **column)


def _plain_name(relation: str) -> str:
    return relation.replace('"', "")


def _plain(sql_type: str) -> str:
    return sql_type.replace(" ", "").lower()
