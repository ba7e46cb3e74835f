"""Summed lines that others replaced, or that are joined to others now (R3)."""

from tests.unit.sql.goals import KEYED

SUMS = """
goal      | sources     | line_hash | anchor_hash | profile_id
shop.rows | rows        | 20        | 5           | p1
shop.rows | rows        | 21        | 6           | p1
shop.rows | prices+rows | 30        | 6           | p1
shop.rows | rows        | 22        | 7           | p1
shop.none | rows        | 20        | 5           | p1
"""


def test_line_that_another_of_its_key_replaced_is_stale() -> None:
    KEYED.expect(
        "superseded_sums",
        {
            "rows": "anchor_1 | line_1 | anchor_2 | line_2\n5 | 25 | 5 | 35\n6 | 21 | 6 | 36",
            "last_rows": """
            line_1 | line_2 | is_in_force
            25     | 35     | true
            21     | 36     | true
            """,
            "runner.sums": SUMS,
        },
        """
        goal      | sources     | line_hash
        shop.rows | rows        | 20
        shop.rows | prices+rows | 30
        """,
    )


def test_line_that_gives_nothing_any_more_is_stale() -> None:
    KEYED.expect(
        "superseded_sums",
        {
            "rows": "anchor_1 | line_1\n5 | 20",
            "last_rows": "line_1 | is_in_force\n20 | false",
            "runner.sums": SUMS,
        },
        "line_hash\n20",
    )
