"""The statements of the history: macros in the files of `statements/`, a file for each table.

Values are bound by SQLite: `:name`.
"""

from functools import cache
from importlib.resources import files
from typing import Any

from runner.sql.template import environment


def statement(name: str) -> str:
    """Return the SQL of a statement: `builds.add` is the macro `add` of `statements/builds.sql`."""
    table, _, macro = name.partition(".")
    return str(macros(table)[macro]()).strip()


@cache
def macros(table: str) -> dict[str, Any]:
    """Return the macros of a file, compiled when the first of them is called."""
    folder = files("runner.history").joinpath("statements")
    text = folder.joinpath(f"{table}.sql").read_text(encoding="utf-8")
    return vars(environment().from_string(text).module)
