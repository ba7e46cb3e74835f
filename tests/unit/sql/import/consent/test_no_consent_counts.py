"""Rows that were not applied, by reason (C1, R7)."""

from tests.unit.sql.goals import ASKING


def test_rows_are_counted_by_the_reason_of_their_profile() -> None:
    ASKING.expect(
        "no_consent_counts",
        {
            "permitted": """
            row_id | profile_id | outcome
            0      | p1         | no_consent
            1      | p1         | no_consent
            2      | p2         | no_consent
            3      | p1         | unchanged
            """,
            "refused": "profile_id | reason\np1 | refused\np2 | never_asked\np3 | refused",
        },
        "reason | row_count\nnever_asked | 1\nrefused | 2",
        is_ordered=True,
    )
