"""The first contraction of the graph of identities (P1)."""

from tests.unit.sql.goals import FIRST


def test_each_node_joins_the_least_of_its_neighbours() -> None:
    FIRST.expect(
        "contracted_parents",
        {
            "edges": """
            node | neighbour
            p2   | p3
            p3   | p4
            p6   | p5
            """
        },
        """
        node | parent
        p2   | p2
        p3   | p2
        p4   | p3
        p5   | p5
        p6   | p5
        """,
    )
