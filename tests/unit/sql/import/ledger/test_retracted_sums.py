"""Profiles without what a goal summed before its definition changed (P5)."""

import pytest

from tests.unit.sql.goals import KEYED

PROFILES = """
profile_id | total | worth
p1         | 15    | 40
p2         | 7     | 9
p3         | 5     |
"""
SUMS = """
goal      | sources | line_hash | profile_id | properties  | amounts
shop.rows | rows    | 1         | p1         | total       | [10]
shop.rows | rows    | 2         | p1         | total,worth | [5, 40]
shop.rows | rows    | 3         | p2         | total       | [7]
{other}   | rows    | 4         | p2         | total       | [0]
shop.none | rows    | 5         | p3         | total       | [5]
"""


@pytest.mark.parametrize(
    ("other", "left"),
    [("shop.none", "0"), ("shop.rows", "")],
    ids=["another goal gives to it", "nobody gives to it"],
)
def test_number_that_no_line_gives_to_any_more_is_none(other: str, left: str) -> None:
    KEYED.expect(
        "retracted_sums",
        {"main.profiles": PROFILES, "runner.sums": SUMS.format(other=other)},
        f"profile_id | total | worth\np1 | | \np2 | {left} | 9",
    )


def test_line_that_several_profiles_share_is_retracted_from_the_first() -> None:
    KEYED.expect(
        "retracted_sums",
        {
            "main.profiles": PROFILES,
            "runner.sums": """
            goal      | sources | line_hash | profile_id | properties | amounts | origin
            shop.rows | rows    | 1         | p1         | total      | [10]    | 1:2
            shop.rows | rows    | 1         | p2         | total      | [10]    | 1:3
            """,
        },
        "profile_id | total | worth\np1 | 5 | 40",
    )
