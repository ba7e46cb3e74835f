"""Sums that no longer hold: of lines that give other rows, or to another profile (R9)."""

from tests.unit.sql.goals import KEYED

SUMS = """
goal      | sources     | line_hash | anchor_hash | profile_id
shop.rows | rows        | 20        | 5           | p1
shop.rows | rows        | 21        | 6           | p1
shop.rows | prices+rows | 30        | 6           | p1
shop.rows | rows        | 22        | 7           | p1
shop.none | rows        | 20        | 5           | p1
"""


def test_sum_of_a_line_that_gives_it_no_more_is_superseded() -> None:
    KEYED.expect(
        "superseded_sums",
        {
            "changed_lines": "key_hash\n5\n6",
            "summed_lines": """
            sources     | line_hash | anchor_hash | profile_id
            rows        | 25        | 5           | p1
            rows        | 21        | 6           | p1
            prices+rows | 36        | 6           | p1
            """,
            "runner.sums": SUMS,
        },
        """
        goal      | sources     | line_hash
        shop.rows | rows        | 20
        shop.rows | prices+rows | 30
        """,
    )


def test_sum_of_a_line_that_gives_it_to_another_profile_is_superseded() -> None:
    KEYED.expect(
        "superseded_sums",
        {
            "changed_lines": "key_hash\n5",
            "summed_lines": "sources | line_hash | anchor_hash | profile_id\nrows | 20 | 5 | p2",
            "runner.sums": SUMS,
        },
        "line_hash | profile_id\n20 | p1",
    )


def test_sum_that_was_stored_without_its_line_is_replaced() -> None:
    KEYED.expect(
        "superseded_sums",
        {
            "changed_lines": "key_hash\n5",
            "summed_lines": "sources | line_hash | anchor_hash | profile_id\nrows | 20 | 5 | p1",
            "runner.sums": """
            goal      | sources | line_hash | profile_id
            shop.rows | rows    | 20        | p1
            shop.rows | rows    | 21        | p1
            """,
        },
        "line_hash | profile_id\n20 | p1",
    )
