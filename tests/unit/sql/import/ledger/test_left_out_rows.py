"""Rows that were not applied and are not pending, to be listed (R7)."""

from runner.inspect.left_out_rows import REASONS
from tests.unit.sql.goals import FIND, FIRST

LINKS = """
row_id | outcome
0      | updated
1      | unmatched
2      | filtered
3      | duplicate
4      | ambiguous
5      | unmatched
"""
ROWS = "origin | key_1 | key_2\n10 | a |\n11 | |\n12 | a |\n13 | a |\n14 | a |\n15 | | 2"


def test_rows_that_were_not_applied_are_kept_with_their_outcome() -> None:
    FIRST.expect(
        "left_out_rows",
        {"links": LINKS, "rows": ROWS},
        """
        goal      | outcome   | origin
        shop.rows | unmatched | 11
        shop.rows | filtered  | 12
        shop.rows | duplicate | 13
        shop.rows | unmatched | 15
        """,
    )


def test_rows_that_are_pending_are_not_kept_twice() -> None:
    FIND.expect(
        "left_out_rows",
        {"links": LINKS, "rows": ROWS},
        """
        goal      | outcome   | origin
        shop.rows | unmatched | 11
        shop.rows | filtered  | 12
        shop.rows | duplicate | 13
        """,
    )


def test_reasons_fit_a_terminal_beside_file_and_line() -> None:
    assert max(len(reason) for reason in REASONS.values() if "{" not in reason) <= 30
