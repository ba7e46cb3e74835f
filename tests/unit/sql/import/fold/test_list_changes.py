"""Files that change a list to which rows add values (P8)."""

from tests.unit.sql.goals import KEYED, STRATEGIES

SEVERAL = "profile_id | last_file\np1 | 3"
CHANGES = "profile_id | file_id\n"


def test_file_that_adds_an_item_first_changes_the_list() -> None:
    given = {
        "several_files": SEVERAL,
        "applied_rows": "profile_id | origin | row_order | value_added\n"
        "p1 | 1:2 | 0 | a\np1 | 2:2 | 1 | b/a\np1 | 3:2 | 2 | a/b",
    }
    STRATEGIES.late.expect("list_changes", given, CHANGES + "p1 | 1\np1 | 2")
    given["main.profiles"] = "profile_id | added\np1 | [a]"
    STRATEGIES.late.expect("list_changes", given, CHANGES + "p1 | 2")


def expect(more: str, files: str) -> None:
    """Row 10 added `a` in an earlier build; it ends in file 2, and row 11 adds `b` in file 3."""
    changes = "profile_id | row_hash | file_id | sign\np1 | 10 | 2 | -1\np1 | 11 | 3 | 1\n"
    additions = "goal | property | profile_id | row_hash | items\n"
    given = {
        "several_files": SEVERAL,
        "row_changes": changes + more,
        "superseded_additions": additions + "shop.rows | tags | p1 | 10 | [a]",
        "runner.additions": additions + "shop.rows | tags | p1 | 11 | [b]\n"
        "shop.none | tags | p1 | 12 | [c]\nshop.rows | tags | p1 | 13 | [a]"
        + ("" if more else "\nshop.rows | tags | p1 | 14 | [a]"),
        "main.profiles": "profile_id | tags\np1 | [a, c]",
    }
    KEYED.late.expect("list_changes", given, CHANGES + files)


def test_item_that_another_row_still_adds_stays() -> None:
    expect("", "p1 | 3")


def test_item_that_no_row_adds_goes_and_comes_back() -> None:
    expect("p1 | 13 | 3 | 1", "p1 | 2\np1 | 3")
