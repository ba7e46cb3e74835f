"""The tables of a warehouse are those that the project declares, also after a change."""

from pathlib import Path

import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.warehouse import tables
from runner.warehouse.tables import shape_tables
from runner.workspace.workspace import Workspace, open_workspace

VISIT = """
description: {description}
properties: {{ {properties} }}
nested: {{ page: {{ properties: {{ url: text }} }} }}
"""


def shop(folder: Path, age: str, properties: str, description: str) -> Workspace:
    """Return a project with a property, an event type and a group type."""
    files = {
        "runner_project.yml": "name: shop\n",
        "models/properties.yml": f"properties: {{id: {{identifier: true}}, age: {age}}}\n",
        "models/events/visit.yml": VISIT.format(properties=properties, description=description),
        "models/groups/home.yml": "properties: {city: {identifier: true}}\n",
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return open_workspace(folder)


def columns(warehouse: DuckDBWarehouse) -> dict[tuple[str, str], tuple[str, str]]:
    """Return (table, column) -> type and comment."""
    found = warehouse.perform("catalog.columns")
    return {(table, name): (of_type, comment) for table, name, of_type, comment in found}


def test_declared_tables_are_made_and_follow_each_change(tmp_path: Path) -> None:
    with DuckDBWarehouse.open(Path(":memory:"), threads=1) as warehouse:
        shape_tables(warehouse, shop(tmp_path, "text", "site: text", "Visits"))
        before = columns(warehouse)
        assert before["main.profiles", "age"] == ("VARCHAR", "age")
        assert before["main.events_visit", "site"] == ("VARCHAR", "site")
        assert before["main.events_visit_page", "url"] == ("VARCHAR", "url")
        assert before["main.groups_home", "city"] == ("VARCHAR", "city")
        warehouse.insert("main.profiles", [{"profile_id": f"{0:032}", "age": "7"}])
        changed = shop(tmp_path, "integer", "site: {description: Where}, seconds: integer", "Looks")
        shape_tables(warehouse, changed)
        after = columns(warehouse)
        assert after["main.profiles", "age"] == ("BIGINT", "age")
        assert warehouse.count("main.profiles", age=7) == 1
        assert after["main.events_visit", "site"] == ("VARCHAR", "Where")
        assert after["main.events_visit", "seconds"] == ("BIGINT", "seconds")
        comment = "select comment from duckdb_tables() where table_name = 'events_visit'"
        assert warehouse.connection.execute(comment).fetchall() == [("Looks",)]
        assert (
            "seconds"
            in warehouse.connection.execute(
                "select sql from duckdb_views() where view_name = 'timeline'"
            ).fetchall()[0][0]
        )


def test_tables_of_the_same_declarations_are_left_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = shop(tmp_path, "text", "site: text", "Visits")
    with DuckDBWarehouse.open(Path(":memory:"), threads=1) as warehouse:
        shape_tables(warehouse, workspace)
        monkeypatch.setattr(tables, "declare", lambda *_: pytest.fail("made again"))
        shape_tables(warehouse, workspace)
