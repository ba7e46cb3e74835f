"""A macro of runner/sql, rendered by the project's own environment and evaluated on given rows."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from runner.errors import Location
from runner.workspace.workspace import Workspace, open_workspace


@cache
def empty_workspace() -> Workspace:
    """Return a project that declares nothing."""
    with TemporaryDirectory(prefix="empty-") as folder:
        (Path(folder) / "runner_project.yml").write_text("name: empty\n", encoding="utf-8")
        return open_workspace(Path(folder))


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    return connection


def rendered(template: str, **variables: Any) -> str:
    """Return the SQL of a template that calls macros."""
    environment = empty_workspace().library.environment
    return environment.render(template, Location("test.sql"), variables).text


def values_of(template: str, given: str, **variables: Any) -> list[Any]:
    """Return what an expression is for each row of a query, in order of the rows."""
    sql = f"select (\n{rendered(template, **variables)}\n) from ({given}) as given"
    return [value for (value,) in _engine().execute(sql).fetchall()]


def value_of(template: str, text: str | None, **variables: Any) -> Any:
    """Return what an expression over the text column `value` is."""
    sql = rendered(template, **variables)
    query = f"select (\n{sql}\n) from (select cast(? as varchar) as value) as given"
    row = _engine().execute(query, [text]).fetchone()
    assert row is not None
    return row[0]


def rows_of(sql: str, **variables: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query that calls macros."""
    return query_rows(rendered(sql, **variables))


def query_rows(sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query as it stands."""
    return _engine().execute(sql).fetchall()
