"""What puts the rows of a SELECT somewhere: rows given, rows expected."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.materialization import materialize, materialize_segment
from runner.engine.schema import prepare
from runner.errors import ExecutionError, Location
from runner.model import Materialization, Model, OnSchemaChange
from runner.sql.quoting import Sql, quoted_name

KEPT = quoted_name('kept\'s "rows"')
HELD = Sql(f"main.{KEPT}")
HERE = (Location("models/one.sql"),)


@pytest.fixture
def warehouse() -> Iterator[DuckDBWarehouse]:
    with DuckDBWarehouse.open(Path(":memory:")) as opened:
        opened.connection.execute(f"create table {KEPT} (id bigint, name varchar)")
        opened.connection.execute(f"insert into {KEPT} values (1, 'one'), (2, 'two')")
        yield opened


def model(
    sql: str,
    materialization: Materialization = "table",
    relation: Sql = KEPT,
    keys: tuple[str, ...] = (),
    on_schema_change: OnSchemaChange = "ignore",
) -> Model:
    return Model(
        "one",
        sql,
        relation,
        materialization,
        "one.sql",
        HERE,
        unique_key=keys,
        on_schema_change=on_schema_change,
        adds_rows=materialization == "incremental",
    )


def rows(warehouse: DuckDBWarehouse, relation: str = KEPT) -> list[tuple[Any, ...]]:
    return warehouse.connection.execute(f"select * from {relation} order by all").fetchall()


def test_append_adds_rows_by_names_and_counts_them(warehouse: DuckDBWarehouse) -> None:
    assert warehouse.run(model("select 'three' as name, 3 as id", "append")) == 1
    assert rows(warehouse) == [(1, "one"), (2, "two"), (3, "three")]


def test_fill_leaves_the_new_rows_alone(warehouse: DuckDBWarehouse) -> None:
    warehouse.fill(model("select 3 as id, 'three' as name"))
    assert rows(warehouse) == [(3, "three")]


@pytest.mark.parametrize("kind", ["temporary", "view"])
def test_temporary_relations_replace_those_of_their_name(
    warehouse: DuckDBWarehouse, kind: Any
) -> None:
    target = quoted_name("some rows")
    for number in (1, 2):
        warehouse.run(model(f"select {number} as id", kind, target))
        assert rows(warehouse, target) == [(number,)]
    assert [name for name, found in warehouse.relations().items() if "some rows" in name]


def test_model_of_a_project_changes_between_view_and_table(warehouse: DuckDBWarehouse) -> None:
    target = Sql('main."vip"')
    for kind, is_kind in (("table", "BASE TABLE"), ("view", "VIEW"), ("table", "BASE TABLE")):
        assert materialize(warehouse, model("select 1 as id", kind, target)) == 1
        assert warehouse.relations()[target] == is_kind


def test_incremental_model_replaces_rows_with_its_keys(warehouse: DuckDBWarehouse) -> None:
    target = Sql('main."kept"')
    first = "select 1 as id, 'a' as \"na me\", 1 as n union all select 1, 'b', 2"
    keys = ("id", "na me")
    assert materialize(warehouse, model(first, "incremental", target, keys)) == 2
    then = "select 1 as id, 'b' as \"na me\", 3 as n union all select 2, 'b', 4"
    assert materialize(warehouse, model(then, "incremental", target, keys)) == 3
    assert rows(warehouse, target) == [(1, "a", 1), (1, "b", 3), (2, "b", 4)]
    assert materialize(warehouse, model(then, "incremental", target)) == 5
    with pytest.raises(ExecutionError, match='several rows have the same "id"'):
        materialize(warehouse, model(first, "incremental", target, ("id",)))


@pytest.mark.parametrize(
    ("change", "sql", "left"),
    [
        ("ignore", "select 3 as ID, 'x' as more, 'c' as name", [(2, "two"), (3, "c")]),
        ("append_new_columns", "select 3 as id, 7 as more", [(2, "two", None), (3, None, 7)]),
        ("sync_all_columns", "select '3' as id, 7 as more", [("2", None), ("3", 7)]),
        ("fail", "select cast(3 as bigint) as id, 'c' as NAME", [(2, "two"), (3, "c")]),
    ],
)
def test_columns_of_an_incremental_model_change_as_it_says(
    warehouse: DuckDBWarehouse, change: OnSchemaChange, sql: str, left: list[tuple[Any, ...]]
) -> None:
    with warehouse.transaction():
        materialize(warehouse, model(sql, "incremental", HELD, (), change))
    assert rows(warehouse)[1:] == left


@pytest.mark.parametrize(
    ("change", "sql", "found"),
    [
        ("ignore", "select 3 as id", "not given any more: name"),
        ("fail", "select 3 as id, 'x' as name", "of another type: id"),
        ("fail", "select cast(3 as bigint) as id, 'x' as n", "new: n; not given any more: name"),
    ],
)
def test_columns_that_may_not_change_stop_an_incremental_model(
    warehouse: DuckDBWarehouse, change: OnSchemaChange, sql: str, found: str
) -> None:
    given = model(sql, "incremental", HELD, (), change)
    with pytest.raises(ExecutionError, match=found) as caught:
        materialize(warehouse, given)
    assert "--select one --full-refresh" in (caught.value.hint or "")
    assert rows(warehouse) == [(1, "one"), (2, "two")]


def test_unknown_key_of_an_incremental_model_is_reported(warehouse: DuckDBWarehouse) -> None:
    given = model("select 3 as id, 'x' as name", "incremental", HELD, ("nam",))
    with pytest.raises(ExecutionError, match="unique_key `nam`"):
        materialize(warehouse, given)


@pytest.mark.parametrize("held", [2, 100])
def test_upsert_changes_and_adds_rows(warehouse: DuckDBWarehouse, held: int) -> None:
    run = warehouse.connection.execute
    run(f"insert into {KEPT} select range, 'more' from range(3, {held + 1})")
    run("create temp table changed as select 2 as id, 'zwei' as name union all select 0, 'null'")
    warehouse.upsert(KEPT, "changed", "id")
    assert rows(warehouse)[:3] == [(0, "null"), (1, "one"), (2, "zwei")]
    assert warehouse.count(KEPT) == held + 1


@pytest.mark.parametrize("held", [2, 100])
def test_replace_takes_changed_keys_alone(warehouse: DuckDBWarehouse, held: int) -> None:
    run = warehouse.connection.execute
    run(f"insert into {KEPT} select range, 'more' from range(3, {held + 1})")
    run(
        "create temp table fresh as select range as id, 'new' as name, 1 as \"last file\""
        " from range(1, 4)"
    )
    run("create temp table changed as select 2 as id")
    warehouse.replace(KEPT, "fresh", "changed", "id", ("last file",))
    assert rows(warehouse)[:2] == [(1, "one"), (2, "new")]
    assert warehouse.count(KEPT) == held


def test_rows_with_the_same_values_are_deleted_nulls_too(warehouse: DuckDBWarehouse) -> None:
    run = warehouse.connection.execute
    run(f"insert into {KEPT} values (null, 'none'), (null, 'one'), (1, null)")
    run(
        "create temp table stale as select null::bigint as id, 'none' as name, 5 as other"
        " union all select 1, 'one', 6"
    )
    warehouse.delete_matching(KEPT, "stale", ("id", "name"))
    assert rows(warehouse) == [(1, None), (2, "two"), (None, "one")]


def test_segment_has_each_profile_once_and_no_others(warehouse: DuckDBWarehouse) -> None:
    prepare(warehouse)
    ids = [f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2, 3)]
    warehouse.insert("main.profiles", [{"profile_id": one} for one in ids[:2]])
    sql = " union all ".join(f"select cast('{one}' as uuid) as profile_id" for one in ids * 2)
    vip = Model("it's", sql, Sql('segments."vip"'), "segment", "vip.sql", HERE)
    for _ in range(2):
        assert materialize_segment(warehouse, vip) == 2
        members = warehouse.perform("relation.rows", relation=Sql("main.segment_members"))
        assert [(name, str(one)) for name, one in members] == [("it's", one) for one in ids[:2]]


@pytest.mark.parametrize("header", ['a,"b"', None])
def test_csv_has_its_lines_in_order(
    warehouse: DuckDBWarehouse, tmp_path: Path, header: str | None
) -> None:
    path = tmp_path / "it's.csv"
    lines = model(f"select * from {KEPT}")
    assert warehouse.write_csv(lines, "name || ',\"' || id || '\"'", "id desc", header, path) == 2
    expected = ['two,"2"', 'one,"1"']
    assert path.read_text("utf-8").splitlines() == [header, *expected] if header else expected


def test_csv_without_a_row_has_its_header(warehouse: DuckDBWarehouse, tmp_path: Path) -> None:
    nothing = model(f"select * from {KEPT} where false")
    assert warehouse.write_csv(nothing, "name", "id", "NAME", tmp_path / "none.csv") == 0
    assert (tmp_path / "none.csv").read_text("utf-8") == "NAME\n"


def test_parquet_is_read_back(warehouse: DuckDBWarehouse, tmp_path: Path) -> None:
    path = tmp_path / "it's.parquet"
    assert warehouse.write_parquet(model(f"select * from {KEPT}"), path) == 2
    with duckdb.connect() as connection:
        found = connection.read_parquet(str(path)).order("id").fetchall()
    assert found == [(1, "one"), (2, "two")]
    assert warehouse.save_parquet(path, "relation.rows", relation=KEPT) == 2
    rows = warehouse.file_rows(path)
    assert warehouse.columns_of("relation.rows", relation=rows) == ["id", "name"]


def test_error_in_a_model_is_told_at_its_line(warehouse: DuckDBWarehouse) -> None:
    wrong = Model(
        "one",
        "select\n    1 as id,\n    no_such as name",
        KEPT,
        "append",
        "one.sql",
        tuple(Location("models/one.sql", line) for line in (1, 2, 3)),
    )
    with pytest.raises(ExecutionError) as caught:
        warehouse.run(wrong)
    assert caught.value.location == Location("models/one.sql", 3)
