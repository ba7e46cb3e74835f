"""Identities of components with more values than a limit allows (P9)."""

import hashlib
from uuid import UUID

from tests.unit.sql.goals import LIMITED


def node(value: str) -> str:
    """Return the node of a limited value."""
    return str(UUID(hashlib.md5(f'["cid","{value}"]'.encode()).hexdigest()))


def test_values_of_the_batch_and_of_profiles_count() -> None:
    LIMITED.expect(
        "contested",
        {
            "identities": """
            identity_id | key_1 | key_2 | profile_1 | profile_2 | first_row_order
            1           | 1     | ann   |           |           | 0
            2           | 2     | ann   |           |           | 1
            3           | 3     | bob   |           | p1        | 2
            4           | 4     | cas   |           |           | 3
            """,
            "components": f"""
            node      | component
            {node("1")} | p7
            {node("2")} | p7
            {node("3")} | p8
            {node("4")} | p9
            """,
            "runner.identifiers": "identifier | value | profile_id\ncid | 9 | p1\nemail | bob | p1",
        },
        "identity_id | key_values\n1 | [1, ann]\n2 | [2, ann]\n3 | [3, bob]",
    )
