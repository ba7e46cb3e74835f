"""Pairs of values that belong to one customer (P1)."""

import hashlib
from uuid import UUID

from tests.unit.sql.goals import FIRST, GUARDED, LIMITED
from tests.unit.sql.table import profile_id


def node(kind: str, value: str) -> str:
    """Return the node of an identifier's value, or of a profile."""
    return str(UUID(hashlib.md5(f'["{kind}","{value}"]'.encode()).hexdigest()))


def test_values_of_a_row_and_the_profiles_that_have_them_are_joined() -> None:
    ann, one, first = node("email", "ann"), node("phone", "1"), node("", profile_id(1))
    FIRST.expect(
        "edges",
        {
            "identities": """
            identity_id | key_1 | key_2 | profile_1 | profile_2
            1           | ann   | 1     | p1        |
            2           | ann   | 1     |           |
            3           | bob   |       |           |
            """
        },
        f"""
        node  | neighbour
        {ann} | {one}
        {ann} | {first}
        """,
    )


def test_values_that_too_many_share_join_nobody() -> None:
    GUARDED.expect(
        "open_edges",
        {
            "identities": """
            identity_id | key_1 | key_2 | profile_1 | profile_2
            1           | ann   | 1     | p1        | p2
            """
        },
        f"""
        node                 | neighbour
        {node("email", "ann")} | {node("", profile_id(1))}
        """,
    )


def test_identity_over_a_limit_joins_the_values_that_it_keeps_alone() -> None:
    """P9"""
    given = {
        "identities": "identity_id | key_1 | key_2\n1 | 1 | ann\n2 | 2 | ann",
        "contested": "identity_id | kept\n2 | [1]",
    }
    expected = f"node | neighbour\n{node('cid', '1')} | {node('email', 'ann')}"
    LIMITED.expect("edges", given, expected)
