"""Profiles of a batch whose rows are not applied (C1)."""

from tests.unit.sql.goals import ASKING, ASKING_MERGE, ASKING_TWICE

LINKS = """
row_id | profile_id | outcome
0      | p1         | created
1      | p2         | updated
2      | p3         | unchanged
3      | p4         | filtered
4      | p5         | created
"""


def test_rows_and_what_was_said_before_are_heard_together() -> None:
    ASKING.expect(
        "refused",
        {
            "links": LINKS,
            "consent_periods": """
            goal      | profile_id | objective | consented | stated_at
            shop.rows | p1         | mail      | true      | 2024-01-02
            shop.rows | p2         | mail      | false     | 2024-01-02
            """,
            "runner.consent": """
            goal      | profile_id | objective | consented | stated_at
            shop.rows | p1         | mail      | false     | 2024-01-09
            shop.none | p1         | mail      | false     | 2024-01-01
            shop.none | p2         | mail      | true      | 2024-01-03
            shop.none | p3         | mail      | false     | 2024-01-01
            shop.none | p5         | other     | true      | 2024-01-01
            """,
        },
        "profile_id | reason\np3 | refused\np5 | never_asked",
    )


def test_profiles_that_rows_would_make_one_are_refused_together() -> None:
    ASKING_MERGE.expect(
        "refused",
        {
            "links": "row_id | profile_id | outcome\n0 | p1 | updated\n1 | p3 | updated",
            "possible_merges": "alias_id | profile_id\np2 | p1",
            "consent_periods": """
            profile_id | objective | consented | stated_at
            p1         | mail      | true      | 2024-01-01
            p2         | mail      | false     | 2024-01-02
            p3         | mail      | true      | 2024-01-02
            """,
        },
        "profile_id | reason\np1 | refused\np2 | refused",
    )


def test_rows_take_back_what_their_goal_said_before_of_the_same_objective_alone() -> None:
    ASKING_TWICE.expect(
        "refused",
        {
            "links": "row_id | profile_id | outcome\n0 | p1 | updated\n1 | p2 | updated",
            "consent_periods": """
            goal      | profile_id | objective | consented | stated_at
            shop.rows | p1         | mail      | false     | 2024-01-02
            shop.rows | p2         | mail      | false     | 2024-01-02
            """,
            "runner.consent": """
            goal      | profile_id | objective | consented | stated_at
            shop.rows | p1         | mail      | true      | 2024-01-01
            shop.rows | p1         | post      | true      | 2024-01-01
            shop.rows | p2         | post      | false     | 2024-01-01
            """,
        },
        "profile_id | reason\np2 | refused",
    )
