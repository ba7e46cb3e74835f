"""Distinct sets of identifier values of a batch (P1)."""

from tests.unit.sql.goals import FIRST


def test_each_set_of_values_is_listed_once_with_the_profiles_that_have_them() -> None:
    FIRST.expect(
        "identities",
        {
            "rows": """
            row_order | is_kept | key_1 | key_2
            3         | true    | ann   | 1
            1         | true    | ann   | 1
            0         | true    | bob   |
            2         | true    |       | 1
            4         | true    |       |
            5         | false   | cas   |
            """,
            "runner.identifiers": """
            identifier | value | profile_id
            email      | ann   | p1
            phone      | 1     | p2
            phone      | bob   | p3
            """,
        },
        """
        identity_id | key_1 | key_2 | first_row_order | profile_1 | profile_2
        1           | bob   |       | 0               |           |
        2           | ann   | 1     | 1               | p1        | p2
        3           |       | 1     | 2               |           | p2
        """,
    )


def test_rows_that_may_not_be_imported_find_nobody() -> None:
    FIRST.expect(
        "identities",
        {
            "rows": """
            row_order | is_kept | key_1
            0         | true    | ann
            1         | true    | bob
            """,
            "suppressed_rows": """
            row_id
            0
            """,
        },
        """
        key_1
        bob
        """,
    )
