from datetime import UTC, datetime

from runner.compile.input_file import LINES_PER_FILE
from runner.explain.import_batch import import_batches
from runner.explain.profile_ledger import LedgerFile, ProfileLedger


def file(number, source, sha256, build="1", header=("id",)):
    is_main = source == "orders"
    at = datetime(2025, 1, 1, tzinfo=UTC)
    return LedgerFile(number, "shop.orders", source, source, 1, at, sha256, build, is_main, header)


def batches(files, *origins):
    ledger = ProfileLedger((), (), {one.file_id: one for one in files})
    found = import_batches(ledger, [number * LINES_PER_FILE + line for number, line in origins])
    return [
        ({one.file_id: lines for one, lines in batch.lines.items()}, batch.headers)
        for batch in found
    ]


def test_imports_that_joined_the_same_contents_are_read_at_once():
    files = [
        file(1, "orders", "a"),
        file(2, "people", "p"),
        file(3, "orders", "b", "2"),
        file(4, "people", "p", "2"),
        file(5, "orders", "c", "3"),
        file(6, "people", "q", "3"),
    ]
    headers = {"orders": ("id",), "people": ("id",)}
    assert batches(files, (1, 2), (1, 7), (3, 4), (5, 2)) == [
        ({1: {2, 7}, 3: {4}}, headers),
        ({5: {2}}, headers),
    ]


def test_replayed_imports_of_one_build_join_their_own_files():
    """A main file behind a chained one begins the next import."""
    files = [
        file(1, "orders", "a"),
        file(2, "people", "p"),
        file(3, "orders", "b"),
        file(4, "people", "q"),
    ]
    assert [lines for lines, _ in batches(files, (1, 2), (3, 2))] == [{1: {2}}, {3: {2}}]


def test_columns_are_those_of_all_files_of_an_import():
    files = [
        file(1, "orders", "a", header=("id", "Sku")),
        file(2, "orders", "b", header=("ID", "n")),
    ]
    assert batches(files, (1, 2)) == [({1: {2}}, {"orders": ("id", "Sku", "n")})]
