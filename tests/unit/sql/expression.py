"""A macro of runner/sql, rendered by the project's own environment and evaluated on given rows."""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from duckdb.func import SPECIAL

from runner.compile.library import Library
from runner.errors import Location
from runner.sql import read_sql
from runner.sql.quoting import quoted_text
from runner.workspace.workspace import Workspace, open_workspace
from tests.unit.sql.engine import ENGINE


@cache
def empty_workspace() -> Workspace:
    """Return a project that declares nothing."""
    with TemporaryDirectory(prefix="empty-") as folder:
        (Path(folder) / "runner_project.yml").write_text("name: empty\n", encoding="utf-8")
        return for_engine(open_workspace(Path(folder)))


def for_engine(workspace: Workspace) -> Workspace:
    """Return a workspace whose templates are those of the engine that tests run on."""
    if ENGINE == "duckdb":
        return workspace
    library = Library(read_sql(), workspace.project, {}, os.environ.get, ENGINE)
    return replace(workspace, library=library)


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    return connection


@cache
def _add_telephone_numbers() -> None:
    """Let DuckDB know the function, whose library loads in half a second."""
    from runner.engine.telephone_number import telephone_number  # noqa: PLC0415

    types = ["varchar", "varchar"]
    _engine().create_function(
        "telephone_number", telephone_number, types, "varchar", null_handling=SPECIAL
    )


def rendered(template: str, **variables: Any) -> str:
    """Return the SQL of a template that calls macros."""
    environment = empty_workspace().library.environment
    return environment.render(template, Location("test.sql"), variables).text


def values_of(template: str, given: str, **variables: Any) -> list[Any]:
    """Return what an expression is for each row of a query, in order of the rows."""
    sql = rendered(template, **variables)
    return [value for (value,) in _over(sql, given)]


def _over(expression: str, given: str) -> list[tuple[Any, ...]]:
    """Return the rows of an expression over those of a query of DuckDB."""
    if ENGINE == "duckdb":
        if "telephone_number" in expression:
            _add_telephone_numbers()
        sql = f"select (\n{expression}\n) from ({given}) as given"
        return _engine().execute(sql).fetchall()
    views = _views()
    views.make("given", given)
    return views.rows(f"select (\n{expression}\n) from given")


def value_of(template: str, text: str | None, **variables: Any) -> Any:
    """Return what an expression over the text column `value` is."""
    return evaluated(rendered(template, **variables), text)


def evaluated(expression: str, text: str | None) -> Any:
    """Return what SQL over the text column `value` is."""
    literal = quoted_text(text)
    (row,) = _over(expression, f"select cast({literal} as varchar) as value")
    return row[0]


def rows_of(sql: str, **variables: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query that calls macros."""
    return query_rows(rendered(sql, **variables))


def query_rows(sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query as it stands."""
    return _engine().execute(sql).fetchall() if ENGINE == "duckdb" else _views().rows(sql)


@cache
def _views() -> Any:
    from tests.unit.sql.sail import Views  # noqa: PLC0415

    return Views(_engine())
