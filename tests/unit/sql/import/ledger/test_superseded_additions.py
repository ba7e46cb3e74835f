"""Additions that are undone."""

from tests.unit.sql.goals import KEYED

ADDED = """
goal      | property | profile_id | row_hash | items
shop.rows | tags     | p1         | 10       | [a]
shop.rows | tags     | p1         | 11       | [b]
shop.none | tags     | p1         | 10       | [c]
"""


def test_those_of_rows_that_another_of_their_key_replaced() -> None:
    KEYED.expect(
        "superseded_additions",
        {"runner.additions": ADDED, "superseded_keys": "goal | row_hash\nshop.rows | 10"},
        "row_hash | items\n10 | [a]",
    )


def test_all_of_a_goal_that_was_edited() -> None:
    KEYED.expect("earlier_additions", {"runner.additions": ADDED}, "items\n[a]\n[b]")
