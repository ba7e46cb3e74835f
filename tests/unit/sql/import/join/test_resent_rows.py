"""Rows imported before whose profile may change, added to those that are new."""

from tests.unit.sql.goals import FIRST, KEYED

ROWS = "main_row | row_hash | known_profile_id | known_origin"


def test_rows_of_changing_profiles_are_added_without_values() -> None:
    FIRST.expect(
        "resent_rows",
        {
            "joined": f"{ROWS}\n0 | 7 | p1 | 1:2\n1 | 8 | p2 | 1:3\n2 | 9 | |",
            "changing_profiles": "profile_id\np2\np3",
        },
        "main_row | row_hash | known_profile_id | known_origin | is_kept\n1 | 8 | p2 | 1:3 | false",
    )


def test_rows_of_changing_lines_are_added_whosever_they_are() -> None:
    KEYED.expect(
        "resent_rows",
        {
            "joined": f"{ROWS} | key_hash\n0 | 7 | p1 | 1:2 | 5\n1 | 8 | p2 | 1:3 | 5\n"
            "2 | 9 | p3 | 1:4 | 6\n3 | 10 | | | 5",
            "changing_lines": "key_hash\n5",
        },
        "row_hash | known_profile_id\n7 | p1\n8 | p2",
    )
