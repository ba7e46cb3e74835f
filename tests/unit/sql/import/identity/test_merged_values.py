"""What the properties of merged profiles are (P2)."""

from tests.unit.sql.goals import MERGE

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
