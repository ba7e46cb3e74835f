"""The imports of a goal before and since its definition changed (P6)."""

from datetime import UTC, datetime

from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


def imported(path, content, fingerprint, build_id):
    return ImportedFile(
        0, "shop.orders", "orders", path, 9, NOON, content, fingerprint, build_id, True
    )


FIRST = imported("1.csv", "a", "old", "build 1")
SECOND = imported("2.csv", "b", "old", "build 2")
# The third build imported all again, as the definition had changed, and a new content.
FIRST_AGAIN = imported("1.csv", "a", "new", "build 3")
SECOND_CHANGED = imported("2.csv", "c", "new", "build 3")
LEDGER = Ledger((FIRST, SECOND, FIRST_AGAIN, SECOND_CHANGED), {"shop.orders": "new"})


def test_imports_are_split_where_the_definition_changed():
    assert LEDGER.before_change("shop.orders") == [FIRST, SECOND]
    assert LEDGER.since_change("shop.orders") == [FIRST_AGAIN, SECOND_CHANGED]


def test_repeats_that_an_earlier_change_caused_are_left_out():
    third = imported("3.csv", "d", "newest", "build 4")
    ledger = Ledger((*LEDGER.files, third), {"shop.orders": "newest"})
    assert ledger.first_before_change("shop.orders") == [FIRST, SECOND, SECOND_CHANGED]


def test_goal_that_never_changed_has_nothing_before():
    ledger = Ledger((FIRST, SECOND), {"shop.orders": "old"})
    assert ledger.before_change("shop.orders") == []
    assert ledger.first_before_change("shop.orders") == []


def test_without_a_content_the_one_before_is_in_its_place():
    ledger = LEDGER.without((SECOND_CHANGED,), "build 5")
    assert [(file.path, file.sha256, file.build_id) for file in ledger.files] == [
        ("1.csv", "a", "build 1"),
        ("2.csv", "b", "build 2"),
        ("1.csv", "a", "build 3"),
        ("2.csv", "b", "build 3"),
    ]
    (kept_out,) = ledger.undone.kept_out
    assert (kept_out.key, kept_out.build_id) == (SECOND_CHANGED.key, "build 5")


def test_without_a_file_that_was_undone_before_it_is_kept_out_once():
    ledger = LEDGER.without((FIRST,), "build 5").without((FIRST,), "build 6")
    assert [file.build_id for file in ledger.undone.kept_out] == ["build 6"]
