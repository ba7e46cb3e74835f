"""Queries read the warehouse, and neither read nor change anything else (B8)."""

from pathlib import Path

import duckdb
import pytest

from runner.errors import DefinitionError, ExecutionError
from runner.inspect.query import ask, save_parquet
from tests.unit.inspect.shop import Shop, make_shop

ESCAPES = (
    "copy (select 42) to '{folder}/target/warehouse.duckdb'",
    "copy (select 42) to '{folder}/made.csv'",
    "copy (select 42) to '{folder}/target/warehouse.duckdb.tmp/made.csv'",
    "copy (select 42) to '/dev/stdout'",
    "export database '{folder}/made'",
    "select 1; copy (select 42) to '{folder}/made.parquet'",
    "explain analyze copy (select 42) to '{folder}/made.csv'",
    "attach '{folder}/made.duckdb' as other",
    "attach ':memory:' as other; create table other.made as select 42",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('{folder}/runner_project.yml')",
    "select * from read_csv('{folder}/drop/out/customers.csv')",
    "select * from '{folder}/drop/out/customers.csv'",
    "select * from glob('/etc/*')",
    "from sniff_csv('/etc/passwd')",
    "from query('from read_' || 'text(''/etc/passwd'')')",
    "create temp table copied (line text); copy copied from '/etc/passwd'",
    "select getenv('HOME')",
    "install httpfs",
    "load httpfs",
    "from 'http://127.0.0.1:1/people.csv'",
    "set enable_external_access = true",
    "reset enable_external_access; from read_text('/etc/passwd')",
    "set lock_configuration = false; set enable_external_access = true",
    "set allowed_paths = ['/etc/passwd']; from read_text('/etc/passwd')",
    "set allowed_directories = ['/etc']; from read_text('/etc/passwd')",
    "set temp_directory = '{folder}/made'",
    "set log_query_path = '{folder}/made.log'; select 1",
    "set profiling_output = '{folder}/made.json'; set enable_profiling = 'json'; select 1",
    "from enable_profiling(format = 'json', save_location = '{folder}/made.json'); select 1",
    "from enable_logging(storage_path = '{folder}/made'); select 1",
    "from text",
    "drop table profiles",
    "insert into main.profiles select * from main.profiles",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = make_shop(tmp_path_factory.mktemp("query") / "shop")
    shop.build()
    return shop


def files(shop: Shop) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in shop.folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("sql", ESCAPES)
def test_query_can_neither_read_nor_write_outside_the_warehouse(built: Shop, sql: str) -> None:
    before = files(built)
    with pytest.raises(ExecutionError):
        ask(built.workspace(), sql.format(folder=built.folder))
    assert files(built) == before


def test_what_queries_need_works_in_the_locked_engine(built: Shop) -> None:
    workspace = built.workspace()
    assert ask(workspace, "select count(*) from {{ ref('profiles') }}").rows == ((1,),)
    lines = ask(workspace, "select count(*) from {{ source('shop', 'orders', 'lines') }}")
    assert lines.rows == ((4,),)
    number = ask(workspace, "select telephone_number('0201234567', 'NL')")
    assert number.rows == (("+31201234567",),)
    assert ask(workspace, "select a from (pivot (select 'x' as a, 1 as b) on b)").rows == (("x",),)


def test_rows_are_saved_to_the_named_file_alone(built: Shop, tmp_path: Path) -> None:
    workspace, path = built.workspace(), tmp_path / "it's.parquet"
    sql = "select name from {{ ref('profiles') }}"
    for _ in range(2):
        assert save_parquet(workspace, sql, path) == 1
    assert duckdb.sql(
        f"select count(*) from '{str(path).replace(chr(39), chr(39) * 2)}'"
    ).fetchall() == [(1,)]
    with pytest.raises(ExecutionError):
        save_parquet(workspace, "from read_text('/etc/passwd')", path)
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("read", ["env_var('SHOP_PASSWORD')", "[env_var][0]('SHOP_PASSWORD')"])
def test_template_of_a_query_does_not_read_the_environment(
    built: Shop, monkeypatch: pytest.MonkeyPatch, read: str
) -> None:
    monkeypatch.setenv("SHOP_PASSWORD", "swordfish")
    with pytest.raises(
        DefinitionError, match="query:1:1: a query reads nothing of the environment"
    ):
        ask(built.workspace(), f"select '{{{{ {read} }}}}'")
