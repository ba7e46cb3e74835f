"""Tables of older versions of runner get the names and the columns of today."""

from pathlib import Path

import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.schema import FORMAT, check_format, migrate, prepare, shape
from runner.errors import ExecutionError

FORMAT_1 = """
alter table runner.event_lineage rename to told;
alter table runner.rows rename column event_profile_id to told_profile_id;
update runner.format set version = 1;
insert into runner.told values ('shop.orders', 'order', 'o1', '', '', 7);
insert into runner.rows values ('shop.orders', 9, uuid(), 1, '00000000-0000-0000-0000-000000000001');
"""
BEFORE_FORMATS = f"{FORMAT_1} drop table runner.format;"


@pytest.mark.parametrize("sql", [FORMAT_1, BEFORE_FORMATS])
@pytest.mark.parametrize("is_migrated_before", [False, True])
def test_renamed_tables_keep_their_rows(tmp_path: Path, sql: str, is_migrated_before: bool) -> None:
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        prepare(warehouse)
        warehouse.connection.execute(sql)
        if is_migrated_before:
            migrate(warehouse)
            assert check_format(warehouse) == FORMAT
        for _ in range(2):
            prepare(warehouse)
        assert check_format(warehouse) == FORMAT
        assert not warehouse.has("runner", "told")
        assert warehouse.count("runner.event_lineage", event_id="o1", key_hash=7) == 1
        kept = "00000000-0000-0000-0000-000000000001"
        assert warehouse.count("runner.rows", event_profile_id=kept) == 1


def test_new_warehouse_has_the_format_of_today(tmp_path: Path) -> None:
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        assert check_format(warehouse) == 0
        migrate(warehouse)
        prepare(warehouse)
        assert check_format(warehouse) == FORMAT
        warehouse.connection.execute(f"update runner.format set version = {FORMAT + 1}")
        with pytest.raises(ExecutionError, match="a newer runner made the warehouse"):
            prepare(warehouse)


def test_column_of_another_type_keeps_what_can_be_read(tmp_path: Path) -> None:
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        prepare(warehouse)
        column = 'it\'s "so"'
        shape(warehouse, "main.profiles", {column: ("varchar", "What it's")})
        ids = [f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2)]
        rows = [{"profile_id": ids[0], column: "7"}, {"profile_id": ids[1], column: "x"}]
        warehouse.insert("main.profiles", rows)
        shape(warehouse, "main.profiles", {column: ("integer", "What it's")})
        assert warehouse.count("main.profiles", **{column: 7}) == 1
        found = [row for row in warehouse.perform("catalog.columns") if row[1] == column]
        assert found == [("main.profiles", column, "INTEGER", "What it's")]
