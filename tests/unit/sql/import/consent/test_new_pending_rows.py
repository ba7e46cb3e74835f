"""Rows that are left out until their person may be imported, or consents (C1, C2)."""

from tests.unit.sql.goals import ASKING


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
