"""Quoting: the only way a name or a value of the outside gets into SQL."""

from typing import Any


def quoted_name(name: str) -> str:
    """Return a SQL identifier for any text."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(value: Any) -> str:
    """Return a SQL string literal for any text; `null` for None."""
    if value is None:
        return "null"
    return "'" + str(value).replace("'", "''") + "'"


def literal(value: Any) -> str:
    """Return a SQL literal for a value out of YAML: text, number, boolean, list or None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return quoted_text(value)
