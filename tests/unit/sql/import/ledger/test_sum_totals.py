"""The exact sums of profiles (R9, R11)."""

from tests.unit.sql.goals import KEYED, SHARED_LINES


def test_sums_of_all_goals_are_added_exactly_for_each_property() -> None:
    KEYED.expect(
        "sum_totals",
        {
            "summed_profiles": "profile_id\np1\np2",
            "runner.sums": """
            goal      | sources     | line_hash | profile_id | properties  | amounts
            shop.rows | rows        | 20        | p1         | total       | [0.004]
            shop.rows | rows        | 21        | p1         | total       | [0.004]
            shop.rows | prices+rows | 20        | p1         | worth       | [7]
            shop.rows | rows        | 22        | p3         | total       | [100]
            shop.none | other       | 20        | p1         | other,total | [3, 1]
            shop.none | other       | 20        | p2         | other,total | [3, 1]
            shop.none | other       | 21        | p1         | other       | [5]
            """,
        },
        """
        profile_id | value_total  | value_worth
        p1         | 1.0080000000 | 7.0000000000
        p2         |              |
        """,
    )


def test_line_that_several_profiles_share_counts_for_the_first_of_the_last_file() -> None:
    SHARED_LINES.expect(
        "sum_totals",
        {
            "summed_profiles": "profile_id\np1\np2",
            "runner.sums": """
            goal      | sources | line_hash | anchor_hash | profile_id | amounts | origin
            shop.rows | people  | 20        | 6           | p1         | [4]     | 1:3
            shop.rows | people  | 20        | 5           | p2         | [4]     | 1:2
            shop.rows | people  | 21        | 6           | p1         | [2]     | 1:3
            shop.rows | people  | 21        | 7           | p1         | [2]     | 1:4
            shop.rows | people  | 22        | 8           | p3         | [8]     | 1:2
            shop.rows | people  | 22        | 9           | p1         | [8]     | 1:3
            shop.rows | people  | 23        | 6           | p1         | [16]    | 1:3
            shop.rows | people  | 23        | 5           | p2         | [16]    | 2:2
            """,
            "runner.files": """
            file_id | goal      | path | modified_at
            1       | shop.rows | b    | 2024-05-01
            2       | shop.rows | a    | 2024-05-02
            """,
        },
        "profile_id | value_balance\np1 | 2.0000000000\np2 | 20.0000000000",
    )
