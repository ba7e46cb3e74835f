"""Profiles that are new or have another value than before."""

from tests.unit.sql.goals import FIRST


def test_value_that_went_is_another_value_and_a_level_is_personal_until_stated() -> None:
    FIRST.expect(
        "profiles",
        {
            "changed_profiles": """
            profile_id | name | phone | permission_level
            p1         | Ann  | 1     |
            p2         | Bob  |       | anonymous
            p3         |      | 3     |
            """,
            "main.profiles": """
            profile_id | name | phone
            p1         | Ann  | 1
            p2         | Bob  | 2
            """,
        },
        "profile_id | phone | permission_level\np2 | | anonymous\np3 | 3 | personal",
    )


def test_value_that_a_later_file_changed_back_moves_the_time_alone() -> None:
    """P8: as if each file came in a build of its own."""
    profiles = "profile_id | name | updated_at\n"
    FIRST.late.expect(
        "profiles",
        {
            "changed_profiles": profiles + "p1 | Ann | 2024-01-03\np2 | Bob | 2024-01-03",
            "main.profiles": profiles + "p1 | Ann | 2024-01-01\np2 | Bob | 2024-01-01",
            "last_changes": "profile_id | file_id\np1 | 3\np2 |",
        },
        "profile_id\np1",
    )
