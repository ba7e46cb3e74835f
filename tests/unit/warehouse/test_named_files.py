"""Imported files are named by a path, an archive or a unique file name."""

from datetime import UTC, datetime

import pytest

from runner.errors import UsageError
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger
from runner.warehouse.named_files import files_to_redo, files_to_undo
from runner.warehouse.undone_files import UndoneFiles

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


def file(goal, path, is_main=True):
    return ImportedFile(0, goal, "files", path, 9, NOON, path, "", "build 1", is_main)


LEDGER = Ledger(
    files=(
        file("shop.orders", "out/orders_1.csv"),
        file("shop.lines", "out/orders_1.csv"),
        file("shop.orders", "out/week.zip/orders_2.csv"),
        file("shop.orders", "out/shops.csv", is_main=False),
        file("shop.orders", "old/people.csv"),
        file("shop.people", "out/people.csv"),
    ),
    undone=UndoneFiles(kept_out=(file("shop.orders", "out/orders_3.csv"),)),
)


@pytest.mark.parametrize(
    ("name", "goal", "expected"),
    [
        ("out/orders_1.csv", None, ["shop.orders out/orders_1.csv", "shop.lines out/orders_1.csv"]),
        ("orders_1.csv", "lines", ["shop.lines out/orders_1.csv"]),
        ("orders_1.csv", "shop.lines", ["shop.lines out/orders_1.csv"]),
        ("out/week.zip", None, ["shop.orders out/week.zip/orders_2.csv"]),
        ("orders_2.csv", "shop", ["shop.orders out/week.zip/orders_2.csv"]),
        ("people.csv", "people", ["shop.people out/people.csv"]),
    ],
)
def test_files_to_undo_are_found(name, goal, expected):
    found = files_to_undo(LEDGER, name, goal)
    assert [f"{file.goal} {file.path}" for file in found] == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("orders_11.csv", "no such file: 'orders_11.csv'. Did you mean 'orders_1.csv'?"),
        ("shops.csv", "'shops.csv' is joined to the rows of other files"),
        ("orders_3.csv", "'orders_3.csv' is undone already"),
        ("people.csv", "several files are called 'people.csv': shop.orders: old/people.csv, "),
    ],
)
def test_other_names_are_refused(name, message):
    with pytest.raises(UsageError) as raised:
        files_to_undo(LEDGER, name, None)
    assert raised.value.message.startswith(message)


def test_undone_files_are_found_to_redo():
    (found,) = files_to_redo(LEDGER, "orders_3.csv", None)
    assert found.path == "out/orders_3.csv"
    with pytest.raises(UsageError, match=r"'orders_1\.csv' is not undone"):
        files_to_redo(LEDGER, "orders_1.csv", None)
    with pytest.raises(UsageError, match=r"no such file: 'orders_4\.csv'"):
        files_to_redo(LEDGER, "orders_4.csv", None)
