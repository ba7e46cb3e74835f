"""What the properties of merged profiles are (P2)."""

from tests.unit.sql.goals import MERGE, ORDERED

MERGED = "alias_id | profile_id\np2 | p1\np3 | p1"


def test_properties_are_merged_by_their_rules() -> None:
    MERGE.expect(
        "merged_values",
        {
            "merges": MERGED,
            "main.profiles": """
            profile_id | created_at | updated_at | name | phone | tags   | spent | visits
            p1         | 2024-01-01 | 2024-01-05 | Ann  | 1     | [b, a] | 1.50  | 1
            p2         | 2024-01-02 | 2024-01-09 |      | 2     | [a, c] | 2.00  |
            p3         | 2024-01-03 | 2024-01-06 | An   |       |        |       | 3
            p4         | 2023-01-01 | 2025-01-01 | Bob  | 4     | [z]    | 9     | 9
            """,
        },
        """
        profile_id | name | phone | tags      | created_at          | updated_at
        p1         | An   | 2     | [b, a, c] | 2024-01-01 00:00:00 | 2024-01-09 00:00:00
        """,
    )


def test_property_with_latest_by_has_the_value_of_the_latest_row() -> None:
    """P8: the greatest and the least values stay, too."""
    ORDERED.expect(
        "merged_values",
        {
            "merges": "alias_id | profile_id\np1 | p2",
            "main.profiles": """
            profile_id | created_at | updated_at | note | high | low
            p1         | 2024-01-01 | 2024-01-05 | late | 3    | 2024-01-02
            p2         | 2024-01-01 | 2024-01-09 | old  | 2    | 2024-01-03
            """,
            "runner.latest": """
            goal      | property | profile_id | latest
            shop.rows | note     | p1         | 7
            shop.rows | note     | p2         | 6
            """,
        },
        "profile_id | note | high | low\np2 | late | 3 | 2024-01-02",
    )


def test_of_profiles_that_changed_at_once_the_survivor_changed_last() -> None:
    MERGE.expect(
        "merged_values",
        {
            "merges": "alias_id | profile_id\np1 | p2",
            "main.profiles": """
            profile_id | created_at | updated_at | name
            p1         | 2024-01-01 | 2024-01-05 | Ann
            p2         | 2024-01-01 | 2024-01-05 | Bob
            """,
        },
        "profile_id | name\np2 | Bob",
    )


def test_latest_value_is_that_of_the_profile_that_changed_last() -> None:
    """The youngest profile is another one."""
    MERGE.expect(
        "merged_values",
        {
            "merges": "alias_id | profile_id\np2 | p1",
            "main.profiles": """
            profile_id | created_at | updated_at | name
            p1         | 2024-01-01 | 2024-01-09 | Ann
            p2         | 2024-01-02 | 2024-01-05 | Bob
            """,
        },
        "name\nAnn",
    )
