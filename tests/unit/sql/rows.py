"""Rows of a query as texts, on the engine that tests run on, over relations that DuckDB holds."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb

from runner.sql.quoting import quoted_name
from tests.unit.sql.engine import ENGINE

RELATIONS = """
select if(temporary, table_name, schema_name || '.' || table_name), temporary, true
from duckdb_tables()
union all
select if(temporary, view_name, schema_name || '.' || view_name), temporary, false
from duckdb_views()
where not internal
"""


def rows_as_texts(
    connection: duckdb.DuckDBPyConnection, sql: str, columns: Sequence[str]
) -> list[tuple[str | None, ...]]:
    """Return columns of the rows of a query, each value as DuckDB writes it."""
    if ENGINE == "duckdb":
        names = ", ".join(f"cast({quoted_name(column)} as varchar)" for column in columns)
        return connection.execute(f"select {names} from ({sql}\n)").fetchall()
    from tests.unit.sql.sail import Views  # noqa: PLC0415

    views = Views(connection)
    for name, is_temporary, is_table in connection.execute(RELATIONS).fetchall():
        plain = name.rpartition(".")[2] if not is_temporary else name
        if plain in sql:
            relation = quoted_name(name) if is_temporary else name
            if not is_temporary:
                schema, _, table = name.partition(".")
                relation = f"{schema}.{quoted_name(table)}"
            views.make(name, f"from {relation}", is_numbered=is_table and "_row_id" in sql)
    views.make("session_variables", "select name, value from duckdb_variables()")
    names = ", ".join(map(quoted_name, columns))
    return [tuple(map(_text, row)) for row in views.rows(f"select {names} from ({sql}\n) as given")]


def _text(value: Any) -> str | None:
    """Return a value as DuckDB writes it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return str(int.from_bytes(value))
    if isinstance(value, list):
        return f"[{', '.join(_text(item) or 'NULL' for item in value)}]"
    if isinstance(value, dict):
        fields = (f"'{name}': {_text(item) or 'NULL'}" for name, item in value.items())
        return f"{{{', '.join(fields)}}}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime) and value.microsecond:
        return str(value).rstrip("0")
    return str(value)
