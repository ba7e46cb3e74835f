"""Files with rows whose profile was created since (P10)."""

from pathlib import Path

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.warehouse.tables import shape_tables
from tests.unit.sql.goals import FIND
from tests.unit.sql.import_hashes import stable_id
from tests.unit.sql.rendering import template_sql

LINES = 2**32


def test_file_is_found_with_the_number_of_its_rows_that_have_a_profile_now() -> None:
    file = {
        "goal": "shop.rows",
        "source": "rows",
        "size": 1,
        "modified_at": "2024-01-01",
        "sha256": "ab",
        "fingerprint": "",
        "build_id": "b",
        "is_main": True,
    }
    pending = [(1, 2, "email:ann"), (1, 2, "phone:2"), (1, 3, "phone:2"), (2, 2, "email:bob")]
    with DuckDBWarehouse.open(Path(":memory:"), threads=1) as warehouse:
        shape_tables(warehouse, FIND.workbench.workspace)
        files = [{**file, "file_id": number, "path": f"{number}.csv"} for number in (1, 2)]
        warehouse.insert("runner.files", files)
        rows = [
            {
                "goal": "shop.rows",
                "outcome": "unmatched",
                "origin": number * LINES + line,
                "profile_id": stable_id(identifier),
            }
            for number, line, identifier in pending
        ]
        warehouse.insert("runner.pending_rows", rows)
        held = [
            {"identifier": name, "value": value, "profile_id": stable_id("x")}
            for name, value in (("email", "ann"), ("phone", "2"), ("phone", "bob"))
        ]
        warehouse.insert("runner.identifiers", held)
        sql = template_sql("identity", "found_files", goal="shop.rows")
        assert warehouse.connection.execute(sql).fetchall() == [("1.csv", 2)]
