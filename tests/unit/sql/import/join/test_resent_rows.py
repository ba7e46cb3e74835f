"""Rows imported before whose profile may change, added to those that are new."""

from tests.unit.sql.goals import FIRST

ROWS = "main_row | row_hash | known_profile_id | known_origin"


def test_rows_of_affected_profiles_are_added_without_values() -> None:
    FIRST.expect(
        "resent_rows",
        {
            "joined": f"{ROWS}\n0 | 7 | p1 | 1:2\n1 | 8 | p2 | 1:3\n2 | 9 | |",
            "affected_profiles": "profile_id\np2\np3",
        },
        "main_row | row_hash | known_profile_id | known_origin | is_kept\n1 | 8 | p2 | 1:3 | false",
    )
