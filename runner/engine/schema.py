"""The tables of a warehouse: made, brought up to date, and given declared columns."""

import hashlib
from collections.abc import Mapping

from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.sql.quoting import Sql

FORMAT = 2
"""Format of the tables of the schema `runner`; a higher one is not understood."""
MIGRATIONS = {2: "warehouse.to_format_2"}
"""Format -> statement that renames what the format before it called otherwise."""

PresentColumns = Mapping[str, Mapping[str, tuple[str, str]]]
"""Table -> column -> its type and its comment."""


def prepare(warehouse: Warehouse) -> None:
    """Make the tables.

    Those of an older runner get what they lack; those that the same statements made are left as
    they are. Raises ExecutionError where a newer one made them.
    """
    migrate(warehouse)
    values = warehouse.statement("identifiers.text_functions")
    made_by = hashlib.sha256((_tables(warehouse, "") + values).encode()).hexdigest()[:12]
    if not warehouse.value("catalog.is_made_by", made_by=made_by):
        warehouse.perform("warehouse.tables", version=FORMAT, made_by=made_by)
        warehouse.perform("identifiers.text_functions")
        warehouse.perform("identifiers.normalize_values")


def _tables(warehouse: Warehouse, made_by: str) -> str:
    return warehouse.statement("warehouse.tables", version=FORMAT, made_by=made_by)


def migrate(warehouse: Warehouse) -> None:
    """Rename what an older runner called otherwise; raises as `check_format` does."""
    version = check_format(warehouse)
    if not version and not warehouse.has("runner", "rows"):
        return
    for number in range(version + 1, FORMAT + 1):
        if number in MIGRATIONS:
            warehouse.perform(MIGRATIONS[number])


def check_format(warehouse: Warehouse) -> int:
    """Return the format of the tables; 0 where none is stored.

    Raises ExecutionError where a newer runner made the warehouse.
    """
    if not warehouse.has("runner", "format"):
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


def shape(
    warehouse: Warehouse,
    relation: str,
    columns: Mapping[str, tuple[str, str]],
    all_present: PresentColumns | None = None,
) -> None:
    """Give a table the columns that are declared.

    `columns` holds name -> (SQL type, comment). A column whose type changed keeps the values that
    can be read as the new type. `all_present`, read once, serves for many tables.
    """
    all_present = present_columns(warehouse) if all_present is None else all_present
    present = all_present.get(relation.replace('"', ""), {})
    for name, (sql_type, comment) in columns.items():
        column = {"relation": Sql(relation), "column": name, "sql_type": Sql(sql_type)}
        known_type, known_comment = present.get(name, ("", ""))
        if known_comment != comment:
            warehouse.perform("relation.add_column", **column, comment=comment)
        if known_type and _plain(known_type) != _plain(sql_type):
            warehouse.perform("relation.change_column", **column)


def _plain(sql_type: str) -> str:
    return sql_type.replace(" ", "").lower()
