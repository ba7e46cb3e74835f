"""Profiles that lose a value that no line adds any more (P5)."""

from tests.unit.sql.goals import KEYED


def test_value_that_another_line_adds_stays() -> None:
    KEYED.expect(
        "retracted_additions",
        {
            "superseded_additions": """
            goal      | property | profile_id | items
            shop.rows | tags     | p1         | [a, b, c]
            shop.rows | tags     | p2         | [a]
            """,
            "runner.additions": """
            goal      | property | profile_id | items
            shop.none | tags     | p1         | [b]
            shop.none | other    | p1         | [a]
            shop.none | tags     | p3         | [a]
            """,
            "main.profiles": """
            profile_id | tags
            p1         | [a, b, d]
            p2         | [a]
            p3         | [a]
            """,
        },
        """
        profile_id | tags
        p1         | [b, d]
        p2         |
        """,
    )
