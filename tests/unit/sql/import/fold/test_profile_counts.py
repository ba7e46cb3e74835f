"""How many profiles a goal made, changed, and left as they were."""

from tests.unit.sql.goals import FIRST


def test_each_changed_profile_counts_once() -> None:
    FIRST.expect(
        "profile_counts",
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
            "profiles": "profile_id\np2\np3",
        },
        "created | updated | unchanged\n1 | 1 | 1",
    )
