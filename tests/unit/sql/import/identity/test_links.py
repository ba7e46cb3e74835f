"""The profile and the outcome of each joined row (R7)."""

from tests.unit.sql.goals import FIRST, REJECT

GIVEN = {
    "rows": """
    row_order | row_hash | is_kept | known_profile_id | key_1 | key_2
    0         | 10       | true    |                  | ann   | 1
    1         | 11       | true    |                  | ann   | 1
    2         | 10       | true    |                  | ann   | 1
    3         | 12       | false   |                  | ann   | 1
    4         | 13       | false   | p7               |       |
    5         | 14       | true    |                  |       |
    6         | 15       | true    |                  | ann   |
    7         | 10       | false   |                  | ann   | 1
    """,
    "identities": """
    identity_id | key_1 | key_2
    1           | ann   | 1
    2           | ann   |
    """,
    "clusters": """
    identity_id | is_new | first_row_order | profile_id
    1           | true   | 0               | p1
    2           | false  | 6               | p2
    """,
}


def test_each_row_has_one_outcome() -> None:
    FIRST.expect(
        "links",
        GIVEN,
        """
        row_id | profile_id | outcome
        0      | p1         | created
        1      | p1         | updated
        2      | p1         | duplicate
        3      | p1         | filtered
        4      | p7         | unchanged
        5      |            | unmatched
        6      | p2         | updated
        7      | p1         | filtered
        """,
    )


def test_row_that_may_not_be_imported_has_no_profile() -> None:
    FIRST.expect(
        "links",
        {**GIVEN, "suppressed_rows": "row_id\n0\n3\n4"},
        """
        row_id | profile_id | outcome
        0      |            | suppressed
        1      | p1         | updated
        2      | p1         | duplicate
        3      |            | filtered
        4      | p7         | unchanged
        5      |            | unmatched
        6      | p2         | updated
        7      | p1         | filtered
        """,
    )


def test_row_that_leads_to_several_profiles_is_ambiguous() -> None:
    people = """
    identity_id | is_new | is_ambiguous | first_row_order | profile_id
    1           | false  | true         | 0               |
    2           | true   | false        | 6               | p2
    """
    REJECT.expect(
        "links",
        {**GIVEN, "clusters": people},
        """
        row_id | profile_id | outcome
        0      |            | ambiguous
        1      |            | ambiguous
        2      |            | ambiguous
        3      |            | filtered
        4      | p7         | unchanged
        5      |            | unmatched
        6      | p2         | created
        7      |            | filtered
        """,
    )
