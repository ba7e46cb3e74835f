"""Profiles that become part of another by a decision."""

from tests.unit.sql.goals import DECIDED

KNOWN = """
identifier | value | profile_id
email      | ann   | p3
phone      | 2     | p2
phone      | 3     | p1
email      | bob   | p4
"""


def test_all_become_the_oldest() -> None:
    DECIDED.expect(
        "decided_merges",
        {
            "runner.identifiers": KNOWN,
            "main.profiles": """
            profile_id | created_at
            p1         | 2024-01-02
            p2         | 2024-01-01
            p3         | 2024-01-02
            p4         | 2023-01-01
            """,
        },
        """
        alias_id | profile_id
        p1       | p2
        p3       | p2
        """,
    )


def test_of_those_from_one_file_the_one_of_the_earliest_row_stays() -> None:
    DECIDED.expect(
        "decided_merges",
        {
            "runner.identifiers": KNOWN,
            "main.profiles": """
            profile_id | created_at
            p1         | 2024-01-01
            p2         | 2024-01-01
            p3         | 2024-01-01
            """,
            "runner.rows": """
            goal      | row_hash | profile_id | origin
            shop.rows | 1        | p1         | 1:9
            shop.rows | 2        | p2         | 1:5
            shop.rows | 3        | p3         | 1:2
            shop.rows | 4        | p1         | 1:3
            """,
        },
        """
        alias_id | profile_id
        p1       | p3
        p2       | p3
        """,
    )


def test_values_of_one_profile_merge_nobody() -> None:
    DECIDED.expect(
        "decided_merges",
        {
            "runner.identifiers": "identifier | value | profile_id\nemail | ann | p1\nphone | 2 | p1",
            "main.profiles": "profile_id | created_at\np1 | 2024-01-01",
        },
        "alias_id | profile_id",
    )
