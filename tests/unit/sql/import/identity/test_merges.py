"""Profiles that become part of another (P2)."""

from tests.unit.sql.goals import ASKING_MERGE, MERGE

PEOPLE = """
identity_id | profile_count | component_profiles | profile_id
1           | 3             | [p1, p2, p3]       | p2
2           | 3             | [p1, p2, p3]       | p2
3           | 1             | [p4]               | p4
4           | 2             | [p5, p6]           |
"""


def test_all_but_the_survivor_become_part_of_it() -> None:
    MERGE.expect(
        "merges",
        {"clusters": PEOPLE},
        """
        alias_id | profile_id
        p1       | p2
        p3       | p2
        """,
    )


def test_profiles_of_who_refused_stay_apart() -> None:
    given = {"clusters": PEOPLE, "refused": "profile_id | reason\np3 | refused"}
    ASKING_MERGE.expect("merges", given, "alias_id | profile_id\np1 | p2")
    ASKING_MERGE.expect("possible_merges", given, "alias_id | profile_id\np1 | p2\np3 | p2")
    given = {"clusters": PEOPLE, "refused": "profile_id | reason\np2 | refused"}
    ASKING_MERGE.expect("merges", given, "alias_id | profile_id")
