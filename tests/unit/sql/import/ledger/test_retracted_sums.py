"""Profiles that lose what was summed before (P5, R3)."""

import pytest

from tests.unit.sql.goals import KEYED

PROFILES = """
profile_id | total | worth
p1         | 15    | 40
p2         | 7     | 9
p3         | 5     |
"""
SUMS = """
goal      | sources | profile_id | properties  | amounts
shop.rows | rows    | p1         | total       | [10]
shop.rows | rows    | p1         | total,worth | [5, 40]
shop.rows | rows    | p2         | total       | [7]
{other} | rows    | p2         | total       | [0]
shop.none | rows    | p3         | total       | [5]
"""


@pytest.mark.parametrize(
    ("other", "left"),
    [("shop.none", "0"), ("shop.rows", "")],
    ids=["another goal gives to it", "nobody gives to it"],
)
def test_number_that_no_line_gives_to_any_more_is_none(other: str, left: str) -> None:
    KEYED.expect(
        "retracted_earlier_sums",
        {"main.profiles": PROFILES, "runner.sums": SUMS.format(other=other)},
        f"profile_id | total | worth\np1 | | \np2 | {left} | 9",
    )


def test_line_of_the_same_goal_that_still_gives_keeps_the_number() -> None:
    """`stale_sums` are no longer among the sums when they are withdrawn."""
    KEYED.expect(
        "retracted_sums",
        {
            "main.profiles": PROFILES,
            "superseded_sums": """
            goal      | profile_id | properties | amounts
            shop.rows | p1         | total      | [15]
            shop.rows | p2         | total      | [7]
            shop.rows | p2         | worth      | []
            """,
            "runner.sums": """
            goal      | profile_id | properties | amounts
            shop.rows | p1         | total      | [0]
            """,
        },
        "profile_id | total | worth\np1 | 0 | 40\np2 | | 9",
    )
