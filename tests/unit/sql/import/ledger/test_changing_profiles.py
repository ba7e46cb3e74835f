"""Profiles that a batch may change by their own rows: others keep what they have."""

from tests.unit.sql.goals import FIRST, KEYED
from tests.unit.sql.workbench import Goal

JOINED = "main_row | row_order | row_hash | origin | known_profile_id | known_origin"
KNOWN = """
0 | 0 | 10 | 2:2 | p1 | 1:2
1 | 1 | 11 | 2:3 | p1 | 1:3
2 | 2 | 12 | 2:4 | p2 | 1:4
"""


def changing(goal: Goal, expected: str, joined: str = KNOWN, **more: str) -> None:
    goal.expect("changing_profiles", {"joined": JOINED + joined, **more}, f"profile_id\n{expected}")


def test_no_profile_where_the_rows_are_those_of_before() -> None:
    changing(FIRST, "")


def test_profile_of_a_new_row_and_of_an_absent_one() -> None:
    links = "profile_id | outcome\np3 | created\n | unmatched"
    changing(FIRST, "p3\np4", links=links, absent_rows="row_hash | profile_id\n9 | p4")


def test_profile_whose_rows_are_in_another_order() -> None:
    """That the order of two profiles differs is nothing."""
    changing(FIRST, "", "\n0 | 0 | 10 | 2:2 | p1 | 1:3\n1 | 1 | 11 | 2:3 | p2 | 1:2")
    changing(FIRST, "p1", "\n0 | 0 | 10 | 2:2 | p1 | 1:3\n1 | 1 | 11 | 2:3 | p1 | 1:2")


def test_profile_that_a_late_file_names_first() -> None:
    """P8"""
    files = "file_id | modified_at\n1 | 2024-01-02\n2 | 2024-01-01"
    changing(FIRST.late, "p1\np2", **{"runner.files": files})


def test_profile_with_a_row_that_counts_again() -> None:
    joined = "key_hash | row_hash | known_profile_id\n5 | 10 | p1\n6 | 11 | p2"
    keys = "goal | key_hash | row_hash\nshop.rows | 5 | 10\nshop.none | 6 | 11"
    KEYED.expect("changing_profiles", {"joined": joined, "runner.keys": keys}, "profile_id\np2")
