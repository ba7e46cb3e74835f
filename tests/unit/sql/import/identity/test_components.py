"""Components followed through a contraction (P1)."""

from tests.unit.sql.goals import FIRST


def test_a_component_that_joined_another_is_that_one() -> None:
    FIRST.expect(
        "components",
        {
            "components": """
            node | component
            p4   | p3
            p3   | p3
            p6   | p5
            """,
            "contracted_parents": """
            node | parent
            p3   | p2
            """,
        },
        """
        node | component
        p4   | p2
        p3   | p2
        p6   | p5
        """,
    )
