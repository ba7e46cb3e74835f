"""A template of runner/sql, found by its name and rendered with the variables that it takes."""

from typing import Any

from tests.unit.sql.expression import empty_workspace, query_rows


def template_rows(folder: str, name: str, **variables: Any) -> list[tuple[Any, ...]]:
    """Return the rows of the template that bears a name, in a folder or below it."""
    return query_rows(template_sql(folder, name, **variables))


def template_sql(folder: str, name: str, **variables: Any) -> str:
    """Return the SQL of a template."""
    library = empty_workspace().library
    (path,) = [
        path
        for path in library.templates
        if path.endswith(f"/{name}.sql") and folder in path.split("/") and "macros" not in path
    ]
    return library.render(path, variables)[0]
