"""Files with rows of persons who consent now (C1)."""

from pathlib import Path

import pytest

from runner.definitions.objective import Objective
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.warehouse.tables import shape_tables
from tests.unit.sql.goals import ASKING
from tests.unit.sql.import_hashes import stable_id
from tests.unit.sql.rendering import template_sql

LINES = 2**32
JAN = "00000000-0000-8000-8000-000000000001"
OBJECTIVES = (Objective(name="mail"),)


def released(pending: str, consented: bool, file_id: int) -> list[object]:
    """Return the files that are released of a goal whose pending row is in file 1."""
    with DuckDBWarehouse.open(Path(":memory:"), threads=1) as warehouse:
        shape_tables(warehouse, ASKING.workbench.workspace)
        file = {
            "file_id": 1,
            "goal": "shop.rows",
            "source": "rows",
            "path": "a.csv",
            "size": 1,
            "modified_at": "2024-01-01",
            "sha256": "ab",
            "fingerprint": "",
            "build_id": "b",
            "is_main": True,
        }
        warehouse.insert("runner.files", [file])
        row = {
            "goal": "shop.rows",
            "outcome": "no_consent",
            "origin": LINES + 2,
            "profile_id": pending,
        }
        warehouse.insert("runner.pending_rows", [row])
        held = {"identifier": "email", "value": "jan@x.nl", "profile_id": JAN}
        warehouse.insert("runner.identifiers", [held])
        statement = {
            "goal": "shop.other",
            "profile_id": JAN,
            "objective": "mail",
            "consented": consented,
            "stated_at": "2024-01-02",
            "origin": file_id * LINES + 2,
            "confirmed_at": "2024-01-02",
            "confirmed_origin": file_id * LINES + 2,
        }
        warehouse.insert("runner.consent", [statement])
        sql = template_sql("consent", "released_files", goal="shop.rows", objectives=OBJECTIVES)
        return [path for (path,) in warehouse.connection.execute(sql).fetchall()]


@pytest.mark.parametrize(
    ("pending", "consented", "file_id", "files"),
    [
        (JAN, True, 2, ["a.csv"]),
        (JAN, False, 2, []),
        # The row was judged by it already.
        (JAN, True, 1, []),
        # The row named a person whose profile came later, by another identifier.
        (stable_id("email:jan@x.nl"), True, 2, ["a.csv"]),
        (stable_id("email:an@x.nl"), True, 2, []),
    ],
)
def test_file_is_released_when_a_later_file_says_that_the_person_of_its_row_consents(
    pending: str, consented: bool, file_id: int, files: list[object]
) -> None:
    assert released(pending, consented, file_id) == files
