"""Snapshots keep the history of rows with dbt's columns."""

from datetime import UTC, datetime, timedelta

import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.snapshot import take_snapshot
from runner.errors import DefinitionError, ExecutionError, Location
from runner.model import SNAPSHOT_COLUMNS, Model, SnapshotPlan
from runner.orchestrate.build import run_build
from runner.orchestrate.options import BuildOptions
from runner.sql.quoting import Sql
from runner.workspace.workspace import open_workspace

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
PLAN = SnapshotPlan("check", "", (), "ignore", "", {name: name for name in SNAPSHOT_COLUMNS})


class Taken:
    """Snapshots of stated rows, an hour apart."""

    def __init__(self, warehouse, plan, keys=("id",)):
        self.warehouse, self.plan, self.keys, self.at = warehouse, plan, keys, FIRST

    def of(self, values, columns="id, name, day"):
        sql = Sql(f"select * from (values {values}) as t({columns})")
        model = Model("history", sql, Sql('main."history"'), "snapshot", "", (Location("s.sql"),),
                      unique_key=self.keys, snapshot=self.plan)  # fmt: skip
        take_snapshot(self.warehouse, model, self.at)
        self.at += timedelta(hours=1)

    def rows(self, columns="id, name, dbt_valid_from, dbt_valid_to"):
        found = self.warehouse.connection.execute(
            f"select {columns} from history order by dbt_valid_from, id"
        ).fetchall()
        return [tuple(_short(value) for value in row) for row in found]


def _short(value):
    return f"{value:%H}" if isinstance(value, datetime) else value


@pytest.fixture
def taken(tmp_path):
    with DuckDBWarehouse.open(tmp_path / "w.duckdb") as warehouse:
        yield lambda **changes: Taken(warehouse, PLAN.__class__(**{**vars(PLAN), **changes}))


def test_check_ends_rows_that_changed_and_keeps_those_that_are_gone(taken):
    snapshot = taken()
    snapshot.of("(1, 'a', 0), (2, 'b', 0)")
    snapshot.of("(1, 'a', 0), (2, 'b', 0)")
    assert snapshot.rows() == [(1, "a", "00", None), (2, "b", "00", None)]
    snapshot.of("(1, null, 0), (3, 'c', 0)")
    assert snapshot.rows() == [
        (1, "a", "00", "02"), (2, "b", "00", None), (1, None, "02", None), (3, "c", "02", None),
    ]  # fmt: skip
    assert len({row[0] for row in snapshot.rows("dbt_scd_id")}) == 4


def test_check_of_some_columns_and_new_columns(taken):
    snapshot = taken(check_cols=("name",))
    snapshot.of("(1, 'a', 0)")
    snapshot.of("(1, 'a', 9)")
    assert snapshot.rows("day") == [(0,)]
    snapshot.of("(1, 'b', 9, 'x')", "id, name, day, more")
    assert snapshot.rows("name, more") == [("a", None), ("b", "x")]


def test_timestamp_counts_from_the_time_of_the_row(taken):
    snapshot = taken(strategy="timestamp", updated_at="day")
    snapshot.of("(1, 'a', timestamp '2026-01-01 05:00')")
    snapshot.of("(1, 'b', timestamp '2026-01-01 05:00')")
    snapshot.of("(1, 'c', timestamp '2026-01-01 07:00')")
    assert snapshot.rows() == [(1, "a", "05", "07"), (1, "c", "07", None)]


def test_hard_deletes_end_rows_or_add_one_that_says_so(taken):
    snapshot = taken(hard_deletes="invalidate")
    snapshot.of("(1, 'a', 0), (2, 'b', 0)")
    snapshot.of("(1, 'a', 0)")
    snapshot.of("(1, 'a', 0), (2, 'b', 0)")
    assert snapshot.rows() == [
        (1, "a", "00", None), (2, "b", "00", "01"), (2, "b", "02", None),
    ]  # fmt: skip
    snapshot.warehouse.connection.execute("drop table history")
    snapshot = taken(hard_deletes="new_record")
    for values in ("(1, 'a', 0)", "(2, 'b', 0)", "(2, 'b', 0)", "(1, 'a', 0), (2, 'b', 0)"):
        snapshot.of(values)
    assert snapshot.rows("id, dbt_valid_from, dbt_valid_to, dbt_is_deleted") == [
        (1, "00", "01", "False"), (1, "01", "03", "True"), (2, "01", None, "False"),
        (1, "03", None, "False"),
    ]  # fmt: skip


def test_rows_that_hold_may_have_an_end_and_other_names(taken):
    names = {**PLAN.names, "dbt_valid_from": "since", "dbt_valid_to": "until"}
    snapshot = taken(current_end="timestamp '9999-12-31'", names=names)
    snapshot.of("(1, 'a', 0)")
    snapshot.of("(1, 'b', 0)")
    rows = snapshot.warehouse.connection.execute(
        "select name, hour(since), year(until) from history order by since"
    ).fetchall()
    assert rows == [("a", 0, 2026), ("b", 1, 9999)]


@pytest.mark.parametrize(
    ("values", "changes", "message"),
    [
        ("(1, 'a', 0), (1, 'b', 0)", {}, 'several rows have the same "id"'),
        ("(null, 'a', 0)", {}, 'a row has no value in "id"'),
        ("(1, 'a', 0)", {"updated_at": "dya"}, "`dya` of `updated_at` is not a column .* 'day'"),
        ("(1, 'a', 0)", {"current_end": "nonsense"}, "history: .*nonsense"),
    ],
)
def test_rows_that_cannot_be_followed_are_an_error(taken, values, changes, message):
    with pytest.raises(ExecutionError, match=message):
        taken(**changes).of(values)


FILES = {
    "runner_project.yml": "name: shop\n",
    "models/marts/prices.sql": "select 'x' as sku, {{ var('price', 1) }} as price\n",
    "models/marts/now.sql": "select * from {{ ref('by_block') }} where dbt_valid_to is null\n",
    "snapshots/blocks.sql": (
        "{% snapshot by_block %}\n"
        "{{ config(strategy='check', unique_key='sku', check_cols=['price']) }}\n"
        "select * from {{ ref('prices') }}\n"
        "{% endsnapshot %}\n"
    ),
    "snapshots/declared.yml": """\
snapshots:
  - name: declared
    relation: ref('prices')
    description: All prices there were
    config: {unique_key: sku, strategy: check, check_cols: all, hard_deletes: invalidate}
    columns:
      - {name: dbt_scd_id, tests: [unique, not_null]}
""",
}


@pytest.fixture
def folder(tmp_path):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def build(folder, price, **options):
    ended = run_build(open_workspace(folder, None, {"price": price}), BuildOptions(**options))
    assert ended.exit_code == 0, [node.message for node in ended.nodes]
    with DuckDBWarehouse.open(folder / "target/warehouse.duckdb", read_only=True) as warehouse:
        return [
            warehouse.connection.execute(
                f"select price from {name} order by dbt_valid_from"
            ).fetchall()
            for name in ("by_block", "declared", "now")
        ]


def test_snapshots_are_models_that_a_full_refresh_keeps(folder):
    build(folder, 1)
    assert build(folder, 2) == [[(1,), (2,)], [(1,), (2,)], [(2,)]]
    assert build(folder, 2, full_refresh=True) == [[(1,), (2,)], [(1,), (2,)], [(2,)]]


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        ("blocks.sql", "strategy='check', ", "", "blocks.sql:1:1: by_block: a snapshot needs `str"),
        ("blocks.sql", "unique_key='sku', ", "", "blocks.sql:1:1: by_block: a snapshot needs `uni"),
        ("blocks.sql", "{% endsnapshot %}", "", "blocks.sql:1:1: expected blocks {% snapshot name"),
        (
            "declared.yml",
            "ref('prices')",
            "ref('price')",
            "declared.yml:3:1: there is no model 'pr",
        ),
        (
            "declared.yml",
            "check_cols: all, ",
            "",
            "declared.yml:3:1: declared: strategy='check' ne",
        ),
    ],
)
def test_mistakes_are_reported_at_their_line(folder, path, old, new, message):
    (folder / "snapshots" / path).write_text(FILES[f"snapshots/{path}"].replace(old, new))
    with pytest.raises(DefinitionError) as raised:
        open_workspace(folder).compiled()
    assert str(raised.value).startswith(f"snapshots/{message}")
