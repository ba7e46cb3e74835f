"""Profiles that are new or have another value than before."""

from tests.unit.sql.goals import FIRST


def test_value_that_went_is_another_value() -> None:
    FIRST.expect(
        "profiles",
        {
            "changed_profiles": """
            profile_id | name | phone
            p1         | Ann  | 1
            p2         | Bob  |
            p3         |      | 3
            """,
            "main.profiles": """
            profile_id | name | phone
            p1         | Ann  | 1
            p2         | Bob  | 2
            """,
        },
        "profile_id | phone\np2 |\np3 | 3",
    )
