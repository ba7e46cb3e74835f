"""Profiles that a batch may change: all others keep what they have."""

from tests.unit.sql.goals import FIRST, KEYED
from tests.unit.sql.workbench import Goal

JOINED = "main_row | row_order | row_hash | origin | known_profile_id | known_origin"
KNOWN = """
0 | 0 | 10 | 2:2 | p1 | 1:2
1 | 1 | 11 | 2:3 | p1 | 1:3
2 | 2 | 12 | 2:4 | p2 | 1:4
"""


def affected(goal: Goal, expected: str, joined: str = KNOWN, **more: str) -> None:
    goal.expect("affected_profiles", {"joined": JOINED + joined, **more}, f"profile_id\n{expected}")


def test_no_profile_where_the_rows_are_those_of_before() -> None:
    affected(FIRST, "")


def test_profile_of_a_new_row_and_of_an_absent_one() -> None:
    links = "profile_id | outcome\np3 | created\n | unmatched"
    affected(FIRST, "p3\np4", links=links, absent_rows="row_hash | profile_id\n9 | p4")


def test_profile_whose_rows_are_in_another_order() -> None:
    """That the order of two profiles differs is nothing."""
    affected(FIRST, "", "\n0 | 0 | 10 | 2:2 | p1 | 1:3\n1 | 1 | 11 | 2:3 | p2 | 1:2")
    affected(FIRST, "p1", "\n0 | 0 | 10 | 2:2 | p1 | 1:3\n1 | 1 | 11 | 2:3 | p1 | 1:2")


def test_profile_that_a_late_file_names_first() -> None:
    """P8"""
    files = "file_id | modified_at\n1 | 2024-01-02\n2 | 2024-01-01"
    affected(FIRST.late, "p1\np2", **{"runner.files": files})


KEYED_JOINED = (
    "main_row | row_order | row_hash | origin | known_profile_id | known_origin | key_hash"
)
KEYS = """
goal      | key_hash | row_hash
shop.rows | 5        | 10
shop.rows | 6        | 11
shop.rows | 7        | 12
"""


def affected_by_key(expected: str, joined: str, keys: str = KEYS, **more: str) -> None:
    KEYED.expect(
        "affected_profiles",
        {"joined": KEYED_JOINED + joined, "runner.keys": keys, **more},
        f"profile_id\n{expected}",
    )


def test_profile_that_shares_a_line_with_a_changing_one() -> None:
    known = "\n0 | 0 | 10 | 2:2 | p1 | 1:2 | 5\n1 | 1 | 11 | 2:3 | p2 | 1:3 | 6"
    affected_by_key("", known)
    new = "key_hash | row_hash\n6 | 13"
    affected_by_key("p2", known, rows=new)
    absent = "row_hash | profile_id\n12 | p3"
    shared = KEYS + "shop.rows | 5 | 12\n"
    affected_by_key("p1\np3", known, shared, absent_rows=absent)


def test_profile_with_a_row_that_counts_no_more_or_has_two_lines_of_a_key() -> None:
    known = "\n0 | 0 | 10 | 2:2 | p1 | 1:2 | 5\n1 | 1 | 11 | 2:3 | p2 | 1:3 | 6"
    affected_by_key("p2", known, "goal | key_hash | row_hash\nshop.rows | 5 | 10")
    affected_by_key("p1\np3", known + "\n2 | 2 | 12 | 2:4 | p3 | 1:4 | 5", KEYS)
