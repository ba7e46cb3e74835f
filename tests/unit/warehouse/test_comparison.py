"""What differs between two warehouses, also where their tables have other columns."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.engines import warehouse_store
from runner.engine.schema import prepare
from runner.warehouse.comparison import (
    Example,
    SegmentChanges,
    TableChanges,
    WarehouseChanges,
    compare,
)

IDS = [f"00000000-0000-0000-0000-00000000000{number}" for number in range(6)]
A, B, C, D, E, F = IDS
MEMBER = "insert into segment_members values ('{}', '{}')"


def made(path: Path, statements: Sequence[str]) -> DuckDBWarehouse:
    warehouse = DuckDBWarehouse.open(path)
    prepare(warehouse)
    for statement in statements:
        warehouse.connection.execute(statement)
    return warehouse


def compared(
    tmp_path: Path,
    before: Sequence[str],
    after: Sequence[str],
    groups: Sequence[str] = (),
    with_rows: bool = True,
) -> WarehouseChanges:
    made(tmp_path / "before.duckdb", before).close()
    with made(tmp_path / "after.duckdb", after) as warehouse:
        earlier = warehouse_store(tmp_path / "before.duckdb", tmp_path)
        return compare(warehouse, earlier, groups, (), with_rows)


def profiles(columns: str, *rows: str) -> list[str]:
    return [f"alter table profiles add column {column}" for column in columns.split("; ")] + [
        f"insert into profiles by name select {row}" for row in rows
    ]


def row(profile_id: str, values: str) -> str:
    return f"'{profile_id}'::uuid as profile_id, {values}"


def test_profiles_are_created_changed_cleared_merged_and_removed(tmp_path: Path) -> None:
    columns = "city varchar; tags varchar[]"
    before = profiles(
        columns,
        row(A, "'Delft' as city, ['x'] as tags, timestamp '2024-01-01' as updated_at"),
        row(B, "'Ede' as city"),
        row(C, "null as city"),
        row(D, "'Urk' as city"),
        row(E, "'Urk' as city"),
    )
    after = profiles(
        columns,
        row(A, "'Delft' as city, ['x'] as tags, timestamp '2025-01-01' as updated_at"),
        row(B, "null as city, ['y'] as tags"),
        row(C, "'Ede' as city"),
        row(F, "'Ede' as city"),
    )
    after += [f"insert into runner.aliases values ('main.profiles', '{D}', '{A}', 'g', 'b')"]
    found = compared(tmp_path, before, after).profiles
    assert (found.earlier_count, found.later_count) == (5, 4)
    assert (found.created, found.changed, found.cleared) == (1, 2, 1)
    assert (found.merged, found.removed) == (1, 1)
    city, tags = found.columns
    assert (city.filled, city.replaced, city.cleared, city.changed) == (1, 0, 1, 2)
    assert city.examples == (Example(B, "Ede", None), Example(C, None, "Ede"))
    assert tags.examples == (Example(B, None, "[y]"),)


def test_columns_that_came_went_or_have_another_type_are_compared(tmp_path: Path) -> None:
    before = profiles("old varchar; size varchar; same varchar",
                      row(A, "'x' as old, '5' as size, 's' as same"))  # fmt: skip
    after = profiles("size bigint; same varchar; new bigint",
                     row(A, "5 as size, 's' as same, 1 as new"))  # fmt: skip
    found = compared(tmp_path, before, after).profiles
    assert {one.name: (one.filled, one.replaced, one.cleared) for one in found.columns} == {
        "new": (1, 0, 0),
        "old": (0, 0, 1),
    }


def test_rows_that_nothing_wrote_to_are_counted_and_not_compared(tmp_path: Path) -> None:
    there = profiles("city varchar", row(A, "'Ede' as city"))
    found = compared(tmp_path, there, there, with_rows=False).profiles
    assert found == TableChanges.none("", 1)


def test_a_column_that_came_is_compared_though_nothing_wrote_to_rows(tmp_path: Path) -> None:
    before = profiles("old varchar", row(A, "'Ede' as old"))
    after = profiles("city varchar", row(A, "null as city"))
    found = compared(tmp_path, before, after, with_rows=False).profiles
    assert (found.changed, found.cleared) == (1, 1)


def test_groups_of_a_new_type_are_created(tmp_path: Path) -> None:
    after = [
        "create table groups_home (group_id uuid, members bigint, created_at timestamp,"
        " updated_at timestamp, street varchar)",
        f"insert into groups_home by name select '{A}'::uuid as group_id, 'Elm' as street",
    ]
    (found,) = compared(tmp_path, [], after, ["home"]).groups
    assert (found.prefix, found.created, found.changed, found.columns) == ("home:", 1, 0, ())
    assert found.is_changed


def test_members_enter_and_leave_segments(tmp_path: Path) -> None:
    before = [MEMBER.format("vip", one) for one in (A, B)]
    after = [MEMBER.format("vip", one) for one in (B, C, D)] + [MEMBER.format("new", A)]
    found = compared(tmp_path, before, after)
    assert found.segments == (
        SegmentChanges("new", 0, 1, 1, 0),
        SegmentChanges("vip", 2, 3, 2, 1),
    )
    assert not found.profiles.is_changed


@pytest.mark.parametrize("name", ['a"b', "a'b", "members", "id", "before 1"])
def test_columns_may_have_any_name(tmp_path: Path, name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    before = profiles(f"{quoted} varchar", row(A, f"'x' as {quoted}"))
    after = profiles(f"{quoted} varchar", row(A, f"'y' as {quoted}"))
    (found,) = compared(tmp_path, before, after).profiles.columns
    assert (found.name, found.replaced) == (name, 1)
