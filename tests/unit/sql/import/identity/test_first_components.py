"""Components after the first contraction (P1)."""

from tests.unit.sql.goals import FIRST


def test_a_node_is_in_the_component_of_its_parent() -> None:
    FIRST.expect(
        "first_components",
        {
            "contracted_parents": """
            node | parent
            p2   | p2
            p3   | p2
            """
        },
        """
        node | component
        p2   | p2
        p3   | p2
        """,
    )
