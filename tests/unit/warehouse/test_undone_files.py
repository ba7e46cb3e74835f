"""Undone files are kept out or return, and a warehouse lists them (P6, B5)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.schema import prepare
from runner.remote import RemoteFile
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.undone_files import (
    UndoneFiles,
    read_undone,
    remove_returning,
    write_undone,
)

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
FILE = ImportedFile(0, "shop.orders", "orders", "o'1.csv", 9, NOON, "aa", "", "build 1", True)
RETURNING = replace(FILE, path="orders_2.csv", build_id="")


@pytest.fixture
def warehouse(tmp_path):
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as opened:
        prepare(opened)
        yield opened


def test_files_that_are_written_are_read_again(warehouse):
    undone = UndoneFiles(kept_out=(FILE,), returning=(RETURNING,))
    write_undone(warehouse, undone)
    assert read_undone(warehouse) == undone


def test_written_files_replace_those_before(warehouse):
    write_undone(warehouse, UndoneFiles(kept_out=(FILE,), returning=(RETURNING,)))
    write_undone(warehouse, UndoneFiles(returning=(replace(RETURNING, path="orders_3.csv"),)))
    found = read_undone(warehouse)
    assert found.kept_out == ()
    assert [file.path for file in found.returning] == ["orders_3.csv"]


def test_files_return_once(warehouse):
    other = replace(RETURNING, goal="shop.people")
    write_undone(warehouse, UndoneFiles(returning=(RETURNING, other)))
    remove_returning(warehouse, "shop.orders")
    assert read_undone(warehouse).returning == (other,)


def test_warehouse_of_an_older_runner_has_none(tmp_path):
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        assert read_undone(warehouse) == UndoneFiles()


@pytest.mark.parametrize(
    ("goal", "path", "size", "sha256", "expected"),
    [
        ("shop.orders", "o'1.csv", 9, "", True),
        ("shop.orders", "o'1.csv", 10, "", False),
        ("shop.orders", "o'1.csv", 10, "aa", True),
        ("shop.orders", "o'1.csv", 10, "bb", False),
        ("shop.orders", "orders_2.csv", 9, "aa", False),
        ("shop.people", "o'1.csv", 9, "aa", False),
    ],
)
def test_file_is_kept_out_by_time_and_size_or_by_content(goal, path, size, sha256, expected):
    undone = UndoneFiles(kept_out=(FILE,), returning=(RETURNING,))
    assert undone.keeps_out(goal, RemoteFile(path, path, size, NOON), sha256) is expected
