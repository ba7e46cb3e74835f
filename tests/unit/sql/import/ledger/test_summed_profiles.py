"""Profiles that gain or lose a sum (R9)."""

from tests.unit.sql.goals import KEYED, SHARED_LINES

NEW = "sources | line_hash | profile_id\n{0} | 20 | p1\n{0} | 21 | p1"


def test_profiles_of_sums_that_come_and_go() -> None:
    KEYED.expect(
        "summed_profiles",
        {
            "new_sums": NEW.format("rows"),
            "superseded_sums": "sources | line_hash | profile_id\nrows | 22 | p2",
            "runner.sums": "goal | sources | line_hash | profile_id\nshop.rows | rows | 20 | p3",
        },
        "profile_id\np1\np2",
    )


def test_profiles_that_share_a_line_may_all_gain_or_lose_it() -> None:
    SHARED_LINES.expect(
        "summed_profiles",
        {
            "new_sums": NEW.format("people"),
            "runner.sums": """
            goal      | sources | line_hash | profile_id
            shop.rows | people  | 20        | p3
            shop.rows | people  | 22        | p4
            shop.none | people  | 20        | p5
            """,
        },
        "profile_id\np1\np3",
    )
