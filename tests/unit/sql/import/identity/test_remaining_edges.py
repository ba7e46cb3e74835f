"""Edges that still join two parents (P1)."""

from tests.unit.sql.goals import FIRST


def test_a_parent_joined_to_itself_is_left_out() -> None:
    FIRST.expect(
        "remaining_edges",
        {
            "contracted_edges": """
            node | neighbour
            p2   | p2
            p3   | p2
            """
        },
        """
        node | neighbour
        p3   | p2
        """,
    )
