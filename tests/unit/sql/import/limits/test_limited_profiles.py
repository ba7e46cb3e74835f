"""Changed profiles without values above their permission level."""

from tests.unit.sql.goals import LEVELS


def test_values_that_need_a_higher_level_are_left_out() -> None:
    LEVELS.expect(
        "limited_profiles",
        {
            "changed_profiles": """
            profile_id | name | visits | permission_level
            p1         | Ann  | 1      | personal
            p2         | Bob  | 2      |
            p3         | Cas  | 3      | anonymous
            p4         | Dan  | 4      | do_not_track
            """
        },
        """
        profile_id | name | visits | permission_level
        p1         | Ann  | 1      | personal
        p2         | Bob  | 2      |
        p3         |      | 3      | anonymous
        p4         |      |        | do_not_track
        """,
    )
