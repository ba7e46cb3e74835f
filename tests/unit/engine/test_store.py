"""Versions of a warehouse: the published one, kept ones, and drafts (B1, B3, B5)."""

from pathlib import Path

import pytest

from runner.engine.engines import warehouse_store
from runner.engine.store import PUBLISHED, Draft, Store
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, RunnerError
from runner.model import Model
from runner.sql.quoting import Sql, quoted_relation

NUMBERS = quoted_relation("main", "numbers")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return warehouse_store(tmp_path / "of" / "warehouse.duckdb", tmp_path / "kept", 1, None)


def add(warehouse: Warehouse, number: int) -> None:
    model = Model("numbers", f"select {number} as number", NUMBERS, "append", "")
    if warehouse.has("main", "numbers"):
        warehouse.append(model)
    else:
        warehouse.create(model)


def built(store: Store, number: int, previous: str = "", keep: int | None = None) -> None:
    draft = store.begin()
    with store.edit(draft) as warehouse:
        add(warehouse, number)
    store.publish(draft, previous_build=previous, keep=keep)


def numbers(store: Store, version: str = PUBLISHED) -> list[int]:
    model = Model("all", f"select number from {NUMBERS} order by number", Sql(""), "read", "")
    with store.open(version) as warehouse:
        return [row[0] for row in warehouse.read(model)]


def files(store: Store, tmp_path: Path) -> list[str]:
    return sorted(path.name for path in tmp_path.rglob("*") if path.is_file())


def test_draft_is_read_by_nobody_until_it_is_published(store: Store, tmp_path: Path) -> None:
    assert not store.is_published
    assert (store.size, store.versions()) == (0, ())
    built(store, 1)
    draft = store.begin()
    with store.edit(draft) as warehouse:
        add(warehouse, 2)
    assert numbers(store) == [1]
    store.publish(draft)
    assert numbers(store) == [1, 2]
    assert store.size == (tmp_path / "of/warehouse.duckdb").stat().st_size
    assert files(store, tmp_path) == ["warehouse.duckdb"]


def test_what_a_killed_build_left_of_a_draft_is_removed(store: Store, tmp_path: Path) -> None:
    built(store, 1)
    copy = tmp_path / "of/warehouse.duckdb.building"
    for name in ("", ".wal", ".fresh", ".fresh.wal"):
        copy.with_name(copy.name + name).write_text("half of it")
    draft = store.begin(None)
    with store.edit(draft) as warehouse:
        assert not warehouse.has("main", "numbers")
    store.discard(draft)
    assert files(store, tmp_path) == ["warehouse.duckdb"]


def test_newest_versions_are_kept_and_begun_with_again(store: Store) -> None:
    for number, previous in enumerate(("", "build_1", "build_2", "build_3")):
        built(store, number, previous, keep=2)
    assert store.versions() == ("build_2", "build_3")
    assert numbers(store, "build_2") == [0, 1]
    draft = store.begin("build_2")
    store.publish(draft, previous_build="build_4")
    store.remove("build_2")
    assert numbers(store) == [0, 1]
    assert store.versions() == ("build_3", "build_4")


def test_no_version_is_kept_where_none_is_wanted(store: Store) -> None:
    built(store, 0)
    built(store, 1, "build_1", keep=0)
    assert store.versions() == ()


def test_kept_version_is_replaced_while_another_draft_is_open(store: Store) -> None:
    built(store, 1)
    built(store, 2, "build_1")
    with store.edit(store.begin()) as published:
        draft = store.begin("build_1", replaces="build_1")
        with store.edit(draft) as warehouse:
            warehouse.delete(NUMBERS)
        store.compact(draft)
        store.publish(draft)
        add(published, 3)
    assert numbers(store, "build_1") == []
    assert numbers(store) == [1, 2]
    store.publish(Draft())
    assert numbers(store) == [1, 2, 3]


def test_compacted_draft_is_a_new_file_of_the_rows_that_are_left(
    store: Store, tmp_path: Path
) -> None:
    draft = store.begin()
    with store.edit(draft) as warehouse:
        add(warehouse, 1)
        add(warehouse, 2)
        warehouse.delete(NUMBERS, number=1)
    copy = tmp_path / "of/warehouse.duckdb.building"
    before = copy.stat().st_ino
    store.compact(draft)
    assert copy.stat().st_ino != before
    assert files(store, tmp_path) == [copy.name]
    store.publish(draft)
    assert numbers(store) == [2]


def test_draft_that_the_engine_could_not_write_whole_is_not_published(
    store: Store, tmp_path: Path
) -> None:
    built(store, 1)
    draft = store.begin()
    (tmp_path / "of/warehouse.duckdb.building.wal").write_text("what did not fit")
    with pytest.raises(RunnerError, match="could not write all of it, nothing is published"):
        store.publish(draft, previous_build="before")
    assert numbers(store) == [1]
    assert store.versions() == ()


def test_published_version_is_read_beside_a_draft(store: Store) -> None:
    built(store, 1)
    draft = store.begin(None)
    with store.edit(draft) as warehouse:
        add(warehouse, 2)
        with store.attached(warehouse, PUBLISHED) as database:
            sql = f"select number from {database}.{NUMBERS}"
            assert warehouse.read(Model("all", sql, Sql(""), "read", "")) == [(1,)]
    store.discard(draft)


def test_version_that_is_no_warehouse_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "of").mkdir()
    (tmp_path / "of/warehouse.duckdb").write_text("something else" * 1000)
    with pytest.raises(ExecutionError, match="cannot open the warehouse"):
        store.open()
