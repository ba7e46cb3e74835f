"""Rows that are left out until their person may be imported, consents, or has a profile."""

from tests.unit.sql.goals import ASKING, FIND
from tests.unit.sql.import_hashes import stable_id


def test_rows_left_out_for_their_person_are_pending_with_the_reason() -> None:
    ASKING.expect(
        "new_pending_rows",
        {
            "rows": "origin\n10\n11\n12\n13",
            "permitted": """
            row_id | outcome    | profile_id
            0      | updated    | p1
            1      | suppressed |
            2      | no_consent | p2
            3      | unmatched  |
            """,
            "suppressed_rows": """
            row_id | value_hash | identifier | reason
            1      | ab         | email      | forget
            """,
            "refused": """
            profile_id | reason
            p2      | never_asked
            """,
        },
        """
        goal      | outcome    | origin | profile_id | reason      | identifier | value_hash
        shop.rows | suppressed | 11     |            | forget      | email      | ab
        shop.rows | no_consent | 12     | p2      | never_asked |            |
        """,
    )


def test_rows_without_a_profile_are_pending_by_each_of_their_identifiers() -> None:
    """Where the goal creates none (P10)."""
    FIND.expect(
        "new_pending_rows",
        {
            "rows": "origin | key_1 | key_2\n10 | ann | 2\n11 | | 3\n12 | |\n13 | bob |",
            "links": """
            row_id | outcome   | profile_id
            0      | unmatched |
            1      | unmatched |
            2      | unmatched |
            3      | updated   | p1
            """,
        },
        f"""
        goal      | outcome   | origin | profile_id            | reason     | identifier | value_hash
        shop.rows | unmatched | 10     | {stable_id("email:ann")}  | no_profile | email      |
        shop.rows | unmatched | 10     | {stable_id("phone:2")}    | no_profile | phone      |
        shop.rows | unmatched | 11     | {stable_id("phone:3")}    | no_profile | phone      |
        """,
    )
