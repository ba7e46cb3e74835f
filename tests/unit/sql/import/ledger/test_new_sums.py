"""Lines with summed properties that were not counted before (R3, R9, P5)."""

from tests.unit.sql.goals import KEYED, STRATEGIES


def test_line_that_counts_for_another_line_or_profile_is_new() -> None:
    KEYED.expect(
        "new_sums",
        {
            "summed_lines": """
            sources     | line_hash | anchor_hash | profile_id | properties | amounts | origin
            rows        | 20        | 5           | p1         | total      | [10]    | 1:2
            rows        | 21        | 6           | p1         | total      | [7]     | 1:3
            rows        | 22        | 7           | p2         | total      |         | 1:4
            rows        | 23        | 8           | p2         | total      |         | 1:5
            prices+rows | 20        | 6           | p1         | worth      | [9]     | 1:3
            """,
            "runner.sums": """
            goal      | sources | line_hash | anchor_hash | profile_id | amounts
            shop.rows | rows    | 21        | 6           | p1         | [7]
            shop.rows | rows    | 22        | 7           | p1         | [8]
            shop.none | rows    | 20        | 5           | p1         | [10]
            """,
        },
        """
        goal      | sources     | line_hash | profile_id | amounts         | origin
        shop.rows | rows        | 20        | p1         | [10.0000000000] | 1:2
        shop.rows | rows        | 22        | p2         | [8.0000000000]  | 1:4
        shop.rows | prices+rows | 20        | p1         | [9.0000000000]  | 1:3
        """,
    )


def test_line_that_nothing_can_replace_counts_for_whom_it_first_counted() -> None:
    STRATEGIES.expect(
        "new_sums",
        {
            "summed_lines": """
            sources | line_hash | profile_id | properties | amounts | origin
            rows    | 20        | p2         | total      | [10]    | 2:2
            rows    | 21        | p2         | total      | [7]     | 2:3
            """,
            "runner.sums": """
            goal      | sources | line_hash | profile_id | amounts
            shop.rows | rows    | 20        | p1         | [10]
            """,
        },
        "line_hash | profile_id\n21 | p2",
    )
