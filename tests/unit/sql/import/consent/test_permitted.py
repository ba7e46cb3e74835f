"""Outcomes of rows where consent is asked for (R7, C1)."""

from tests.unit.sql.goals import ASKING


def test_rows_of_who_refused_are_not_applied() -> None:
    ASKING.expect(
        "permitted",
        {
            "links": """
            row_id | profile_id | outcome
            2      | p1         | updated
            0      | p1         | created
            1      | p2         | created
            3      | p1         | unchanged
            4      | p1         | filtered
            5      | p1         | duplicate
            6      |            | unmatched
            7      |            | ambiguous
            """,
            "refused": "profile_id | reason\np1 | refused",
        },
        """
        row_id | profile_id | outcome
        0      | p1         | no_consent
        1      | p2         | created
        2      | p1         | no_consent
        3      | p1         | unchanged
        4      | p1         | filtered
        5      | p1         | no_consent
        6      |            | unmatched
        7      |            | ambiguous
        """,
    )
