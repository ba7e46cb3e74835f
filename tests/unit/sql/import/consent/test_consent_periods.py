"""Runs of equal statements of a goal (C1)."""

from tests.unit.sql.goals import ASKING


def test_equal_statements_are_one_run_from_the_first_to_the_last() -> None:
    ASKING.expect(
        "consent_periods",
        {
            "main.profiles": "profile_id\np1\np2",
            "statements": """
            profile_id | objective | consented | stated_at  | origin | row_order
            p1         | mail      | true      | 2024-01-05 | 3:2    | 0
            p1         | mail      | false     | 2024-01-03 | 2:2    | 0
            p2         | mail      | true      | 2024-01-01 | 1:9    | 0
            p3         | mail      | true      | 2024-01-01 | 1:4    | 0
            p4         | mail      | false     | 2024-01-01 | 1:5    | 0
            """,
            "runner.consent": """
            goal      | profile_id | objective | consented | stated_at  | origin | confirmed_at | confirmed_origin
            shop.rows | p1         | mail      | true      | 2024-01-01 | 1:2    | 2024-01-04   | 2:9
            shop.none | p2         | mail      | false     | 2024-01-02 | 1:3    | 2024-01-02   | 1:3
            shop.rows | p5         | mail      | true      | 2024-01-01 | 1:7    | 2024-01-01   | 1:7
            """,
        },
        """
        goal      | profile_id | consented | stated_at           | origin | confirmed_at        | confirmed_origin
        shop.rows | p1         | true      | 2024-01-01 00:00:00 | 1:2    | 2024-01-01 00:00:00 | 1:2
        shop.rows | p1         | false     | 2024-01-03 00:00:00 | 2:2    | 2024-01-03 00:00:00 | 2:2
        shop.rows | p1         | true      | 2024-01-04 00:00:00 | 2:9    | 2024-01-05 00:00:00 | 3:2
        shop.rows | p2         | true      | 2024-01-01 00:00:00 | 1:9    | 2024-01-01 00:00:00 | 1:9
        shop.rows | p4         | false     | 2024-01-01 00:00:00 | 1:5    | 2024-01-01 00:00:00 | 1:5
        """,
    )


def test_statements_are_ordered_by_time_then_line_then_row() -> None:
    """A later import may bring an earlier file."""
    ASKING.expect(
        "consent_periods",
        {
            "main.profiles": "profile_id\np1",
            "statements": """
            profile_id | objective | consented | stated_at  | origin | row_order
            p1         | mail      | true      | 2024-01-02 | 1:2    | 0
            p1         | mail      | false     | 2024-01-01 | 2:2    | 0
            p1         | mail      | true      | 2024-01-01 | 2:1    | 9
            """,
        },
        """
        consented | stated_at           | confirmed_origin
        true      | 2024-01-01 00:00:00 | 2:1
        false     | 2024-01-01 00:00:00 | 2:2
        true      | 2024-01-02 00:00:00 | 1:2
        """,
    )
