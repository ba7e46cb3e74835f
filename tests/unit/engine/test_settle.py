"""What was committed is in the file itself, compressed where there is much of it."""

from pathlib import Path

import pytest

from runner.engine.duckdb.session import COMPRESSED_FROM
from runner.engine.duckdb.warehouse import DuckDBWarehouse


@pytest.mark.parametrize("rows", [10, 2 * COMPRESSED_FROM])
def test_rows_of_large_tables_are_compressed(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "warehouse.duckdb"
    with DuckDBWarehouse.open(path) as warehouse:
        execute = warehouse.connection.execute
        execute(f"create table many as select n % 1000 as n from range({rows}) as numbers(n)")
        warehouse.settle()
        assert not path.with_name(f"{path.name}.wal").exists()
        kinds = "select distinct compression from pragma_storage_info('many') where segment_type = 'BIGINT'"
        ((found,),) = execute(kinds).fetchall()
        assert (found == "Uncompressed") == (rows < COMPRESSED_FROM)
        assert execute("select count(*) from many").fetchall() == [(rows,)]
