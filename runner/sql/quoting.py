"""Quoting: the only way a name or a value from outside gets into SQL."""

from typing import Any


def quoted_name(name: str) -> str:
    """Return a SQL identifier for any text."""
    return '"' + name.replace('"', '""') + '"'


def unquoted_name(name: str) -> str:
    """Return the text of a SQL identifier, quoted or bare."""
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def quoted_text(value: Any) -> str:
    """Return a SQL string literal for any text; `null` for None."""
    if value is None:
        return "null"
    return "'" + str(value).replace("'", "''") + "'"


def literal(value: Any) -> str:
    """Return a SQL literal for a value of YAML: text, number, boolean, list or None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return quoted_text(value)
