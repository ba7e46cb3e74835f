"""The profile that each set of identifier values belongs to (P1, P2, P3)."""

import hashlib
from uuid import UUID

from tests.unit.sql.goals import APART, FIND, FIRST, MERGE, REJECT


def node(kind: str, value: str) -> str:
    """Return the node of an identifier's value, or of a profile."""
    return str(UUID(hashlib.md5(f'["{kind}","{value}"]'.encode()).hexdigest()))


def stable(text: str) -> str:
    """Return the id of a profile that is named by an identifier (P3)."""
    hashed = hashlib.md5(text.encode()).hexdigest()
    return str(UUID(f"{hashed[:12]}8{hashed[13:16]}8{hashed[17:]}"))


JOINED = {
    "identities": """
    identity_id | first_row_order | key_1 | key_2 | profile_1 | profile_2
    1           | 0               | ann   | 1     | p1        | p2
    2           | 1               | ann   |       | p1        |
    3           | 2               |       | 1     |           | p2
    4           | 3               | bob   |       |           |
    """,
    "components": f"""
    node                   | component
    {node("email", "ann")} | p9
    {node("phone", "1")}   | p9
    """,
    "main.profiles": """
    profile_id | created_at
    p1         | 2024-01-02
    p2         | 2024-01-01
    """,
}
"""Rows of a customer with two profiles, of which p2 is older; and of a new customer."""


def test_profiles_that_rows_join_stay_apart_and_the_earliest_item_decides() -> None:
    FIRST.expect(
        "clusters",
        JOINED,
        f"""
        identity_id | is_new | profile_id
        1           | false  | p1
        2           | false  | p1
        3           | false  | p2
        4           | true   | {stable("email:bob")}
        """,
    )


def test_profiles_that_rows_join_become_the_oldest() -> None:
    MERGE.expect(
        "clusters",
        JOINED,
        f"""
        identity_id | is_new | profile_count | component_profiles | profile_id
        1           | false  | 2             | [p1, p2]           | p2
        2           | false  | 2             | [p1, p2]           | p2
        3           | false  | 2             | [p1, p2]           | p2
        4           | true   | 0             | []                 | {stable("email:bob")}
        """,
    )


def test_of_equally_old_profiles_the_one_stays_that_a_rebuild_names() -> None:
    named = stable("email:ann")
    given = {
        **JOINED,
        "identities": f"""
        identity_id | first_row_order | key_1 | key_2 | profile_1 | profile_2
        1           | 0               | ann   | 1     | {named}   | p2
        """,
        "main.profiles": f"""
        profile_id | created_at
        {named}    | 2024-01-01
        p2         | 2024-01-01
        """,
    }
    MERGE.expect("clusters", given, f"profile_id\n{named}")


def test_rows_that_join_profiles_are_of_none_where_conflicts_are_rejected() -> None:
    REJECT.expect(
        "clusters",
        JOINED,
        f"""
        identity_id | is_ambiguous | profile_id
        1           | true         |
        2           | true         |
        3           | true         |
        4           | false        | {stable("email:bob")}
        """,
    )


def test_goal_that_creates_nobody_names_no_new_profile() -> None:
    FIND.expect(
        "clusters",
        JOINED,
        """
        identity_id | profile_id
        1           | p1
        2           | p1
        3           | p2
        4           |
        """,
    )


def test_new_customer_is_named_by_the_first_identifier_of_its_first_row() -> None:
    given = {
        "identities": """
        identity_id | first_row_order | key_1 | key_2
        1           | 5               | ann   |
        2           | 3               |       | 1
        3           | 7               | ann   | 1
        """,
        "components": f"""
        node                   | component
        {node("email", "ann")} | p9
        {node("phone", "1")}   | p9
        """,
    }
    named = stable("phone:1")
    FIRST.expect(
        "clusters",
        given,
        f"""
        identity_id | is_new | first_row_order | profile_id
        1           | true   | 3               | {named}
        2           | true   | 3               | {named}
        3           | true   | 3               | {named}
        """,
    )


def test_customer_that_joins_separate_values_has_no_profile() -> None:
    APART.expect(
        "clusters",
        {
            "identities": """
            identity_id | first_row_order | key_1 | key_2
            1           | 0               | ann   |
            2           | 1               |       | 2
            3           | 2               | bob   |
            """,
            "components": f"""
            node                   | component
            {node("email", "ann")} | p9
            {node("phone", "2")}   | p9
            """,
            "separated": f"""
            line | identifier | value | is_one | node
            2    | email      | ann   | false  | {node("email", "ann")}
            2    | phone      | 2     | false  | {node("phone", "2")}
            """,
        },
        f"""
        identity_id | is_contradicted | is_ambiguous | profile_id
        1           | true      | true         |
        2           | true      | true         |
        3           | false     | false        | {stable("email:bob")}
        """,
    )
