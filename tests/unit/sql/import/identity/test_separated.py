"""Pairs of values that never are one customer."""

import hashlib
from uuid import UUID

from tests.unit.sql.goals import APART
from tests.unit.sql.table import profile_id


def node(kind: str, value: str) -> str:
    """Return the node of an identifier's value, or of a profile."""
    return str(UUID(hashlib.md5(f'["{kind}","{value}"]'.encode()).hexdigest()))


def test_each_pair_is_listed_in_either_order_with_its_profiles() -> None:
    ann, two = node("email", "ann"), node("phone", "2")
    given = """
    identifier | value | profile_id
    email      | ann   | p1
    phone      | 2     | {0}
    """
    APART.expect(
        "separated",
        {"runner.identifiers": given.format("p2")},
        f"""
        line | identifier | value | other_identifier | other_value | is_one | node  | owner_node
        2    | email      | ann   | phone            | 2           | false  | {ann} | {node("", profile_id(1))}
        2    | phone      | 2     | email            | ann         | false  | {two} | {node("", profile_id(2))}
        """,
    )
    APART.expect("separated", {"runner.identifiers": given.format("p1")}, "is_one\ntrue\ntrue")
    APART.expect("separated", {}, "is_one | owner_node\nfalse |\nfalse |")
