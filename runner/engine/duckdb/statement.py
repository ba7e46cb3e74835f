"""The statements around a model: what creates, fills and changes tables."""

from functools import cache
from string import Template

from runner.sql import read_sql

FOLDER = "engines/duckdb/statements/"


@cache
def _statements() -> dict[str, Template]:
    return {
        path.removeprefix(FOLDER).removesuffix(".sql"): Template(text)
        for path, text in read_sql().items()
        if path.startswith(FOLDER)
    }


def statement(name: str, **parts: str) -> str:
    """Return a statement of `sql/engines/duckdb/statements/` with its parts put in.

    The parts are SQL already: quoted names, literals, a SELECT.
    """
    return _statements()[name].substitute(parts).strip()
