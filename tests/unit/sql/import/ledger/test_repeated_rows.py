"""Rows imported before that have to be applied again (P4)."""

from tests.unit.sql.goals import ASKING, FIRST, KEYED


def repeated(rows: str, links: str, expected: str, absent: str = "") -> None:
    head = "main_row | row_order | row_hash | origin | known_origin\n"
    FIRST.expect(
        "repeated_rows",
        {
            "rows": head + rows,
            "links": "row_id | profile_id | outcome\n" + links,
            "absent_rows": "row_hash | profile_id | origin\n" + absent,
        },
        "row_id | profile_id | row_hash\n" + expected,
    )


def test_rows_in_the_order_of_before_are_not_applied_again() -> None:
    rows = "0 | 0 | 10 | 2:2 | 1:2\n1 | 1 | 11 | 2:3 | 1:3"
    repeated(rows, "0 | p1 | unchanged\n1 | p1 | unchanged", "")


def test_row_after_a_new_one_of_its_profile_is_applied_again() -> None:
    rows = "0 | 0 | 10 | 2:2 | 1:2\n1 | 1 | 12 | 2:3 |\n2 | 2 | 11 | 2:4 | 1:3"
    links = "0 | p1 | unchanged\n1 | {} | updated\n2 | p1 | unchanged"
    repeated(rows, links.format("p1"), "0 | p1 | 10\n2 | p1 | 11")
    repeated(rows, links.format("p2"), "")


def test_row_of_a_late_file_that_was_known_from_a_later_one_is_applied_again() -> None:
    """P8: its file is the first that names the profile."""
    for goal, expected in ((FIRST, ""), (FIRST.late, "\n0 | p1 | 10")):
        goal.expect(
            "repeated_rows",
            {
                "rows": "main_row | row_order | row_hash | origin | known_origin\n"
                "0 | 0 | 10 | 2:2 | 1:2",
                "links": "row_id | profile_id | outcome\n0 | p1 | unchanged",
                "runner.files": "file_id | modified_at\n1 | 2024-01-02\n2 | 2024-01-01",
            },
            f"row_id | profile_id | row_hash{expected}",
        )


def test_row_before_a_new_one_is_not_applied_again() -> None:
    rows = "0 | 0 | 10 | 2:2 | 1:2\n1 | 1 | 11 | 2:3 | 1:3\n2 | 2 | 12 | 2:4 |"
    links = "0 | p1 | unchanged\n1 | p1 | unchanged\n2 | p1 | updated"
    repeated(rows, links, "")


def test_rows_in_another_order_than_before_are_applied_again() -> None:
    rows = "0 | 0 | 11 | 2:2 | 1:3\n1 | 1 | 10 | 2:3 | 1:2"
    links = "0 | p1 | unchanged\n1 | p1 | unchanged"
    repeated(rows, links, "0 | p1 | 11\n1 | p1 | 10")


def test_row_without_the_one_that_came_after_it_is_applied_again() -> None:
    row, link = "0 | 0 | 10 | 2:2 | 1:2", "0 | p1 | unchanged"
    repeated(row, link, "0 | p1 | 10", absent="11 | p1 | 1:3")


def test_last_row_alone_is_not_applied_again() -> None:
    absent = "10 | p1 | 1:2\n13 | p2 | 1:9"
    repeated("0 | 0 | 11 | 2:2 | 1:3", "0 | p1 | unchanged", "", absent)


def test_row_that_another_of_its_key_replaced_is_applied_again() -> None:
    given = {
        "rows": "main_row | row_order | row_hash | origin | known_origin\n0 | 0 | 10 | 2:2 | 1:2",
        "links": "row_id | profile_id | outcome\n0 | p1 | unchanged",
        "last_rows": "main_row | row_hash | profile_id\n0 | 10 | p1",
    }
    keys = "goal | key_hash | row_hash\nshop.rows | 5 | {}"
    KEYED.expect("repeated_rows", {**given, "runner.keys": keys.format(9)}, "row_id\n0")
    KEYED.expect("repeated_rows", {**given, "runner.keys": keys.format(10)}, "row_id")


def test_rows_of_who_refused_are_not_applied_again() -> None:
    given = {
        "rows": "main_row | row_order | row_hash | origin | known_origin\n0 | 0 | 10 | 2:2 | 1:2",
        "permitted": "row_id | profile_id | outcome\n0 | p1 | unchanged",
        "absent_rows": "row_hash | profile_id | origin\n11 | p1 | 1:3",
    }
    ASKING.expect("repeated_rows", given, "row_id\n0")
    refused = "profile_id | reason\np1 | refused"
    ASKING.expect("repeated_rows", {**given, "refused": refused}, "row_id")
