"""Identities of components with more values than a limit allows (P9)."""

import hashlib
import json
from uuid import UUID

from tests.unit.sql.goals import LIMITED, LIMITED_PAIR


def node(value: str, identifier: str = "cid") -> str:
    """Return the node of a limited value."""
    text = json.dumps([identifier, value], separators=(",", ":"))
    return str(UUID(hashlib.md5(text.encode()).hexdigest()))


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


def test_combinations_of_an_identifier_of_several_properties_count_by_their_lowest_limit() -> None:
    nodes = [node(value, "shop+cid") for value in ('["A","1"]', '["B","1"]', '["A","2"]')]
    LIMITED_PAIR.expect(
        "contested",
        {
            "identities": """
            identity_id | key_1     | key_2 | first_row_order
            1           | ["A","1"] | ann   | 0
            2           | ["B","1"] | ann   | 1
            3           | ["A","2"] | bob   | 2
            """,
            "components": f"node | component\n{nodes[0]} | p7\n{nodes[1]} | p7\n{nodes[2]} | p8",
        },
        "identity_id\n1\n2",
    )
