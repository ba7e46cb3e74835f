"""Quoting: the only way a name or a value from outside gets into SQL."""

from typing import Any


class Sql(str):
    """Text that is SQL already: a quoted name, a relation, an expression, a SELECT."""

    __slots__ = ()


def quoted_name(name: str) -> Sql:
    """Return a SQL identifier for any text."""
    return Sql('"' + name.replace('"', '""') + '"')


def unquoted_name(name: str) -> str:
    """Return the text of a SQL identifier, quoted or bare."""
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def quoted_relation(schema: str, name: str) -> Sql:
    """Return the SQL name of a table or view, `main."events_order"`; `name` is any text."""
    return Sql(f"{schema}.{quoted_name(name)}")


def quoted_text(value: Any) -> Sql:
    """Return a SQL string literal for any text; `null` for None.

    The engine reads a statement up to its first NUL: one in a text is written as `chr(0)`.
    """
    if value is None:
        return Sql("null")
    parts = ["'" + part.replace("'", "''") + "'" for part in str(value).split("\0")]
    return Sql(parts[0] if len(parts) == 1 else f"({' || chr(0) || '.join(parts)})")


def literal(value: Any) -> Sql:
    """Return a SQL literal for a value: text, number, boolean, list or None.

    SQL stays as it is; anything else is a text: a path, for instance.
    """
    if isinstance(value, Sql):
        return value
    if isinstance(value, bool):
        return Sql("true" if value else "false")
    if isinstance(value, int | float):
        return Sql(value)
    if isinstance(value, list | tuple):
        return Sql("[" + ", ".join(map(literal, value)) + "]")
    return quoted_text(value)
