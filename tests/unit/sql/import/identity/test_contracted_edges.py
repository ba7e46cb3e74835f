"""Pairs of parents that an edge joins (P1)."""

from tests.unit.sql.goals import FIRST


def test_edges_join_the_parents_of_their_nodes() -> None:
    FIRST.expect(
        "contracted_edges",
        {
            "edges": """
            node | neighbour
            p2   | p3
            p4   | p3
            p5   | p4
            """,
            "contracted_parents": """
            node | parent
            p2   | p2
            p3   | p2
            p4   | p3
            p5   | p3
            """,
        },
        """
        node | neighbour
        p2   | p2
        p3   | p2
        p3   | p3
        """,
    )
