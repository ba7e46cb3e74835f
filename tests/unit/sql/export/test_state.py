"""What is kept of what was sent (X4)."""

from tests.unit.sql.export_bench import export_bench

GOAL = """
kind: export_profiles
segment: vip
changes: changed
file_name: all.csv
columns:
  - {header: EMAIL, property: email}
  - {header: VISITS, property: visits}
"""
EXPORTED = """
key | EMAIL | VISITS | content_hash | partner_key
p1  | ann   | 1      | h1           | k1
p2  | bob   |        | h2           | k2
"""


def test_each_profile_is_kept_with_its_hash() -> None:
    export_bench(GOAL).expect(
        "state",
        {"exported": EXPORTED},
        """
        profile_id | content_hash | partner_key | key_names | names | texts
        p1         | h1           | k1          | [EMAIL]   |       |
        p2         | h2           | k2          | [EMAIL]   |       |
        """,
    )


def test_what_names_a_person_is_kept_where_removed_lines_are_sent() -> None:
    goal = GOAL.replace("changed\n", "added_changed_removed\n").replace("all.csv", "'{change}.csv'")
    export_bench(goal + "key: VISITS\n").expect(
        "state",
        {"exported": EXPORTED},
        """
        profile_id | key_names | names           | texts
        p1         | [VISITS]  | [EMAIL, VISITS] | [ann, 1]
        p2         | [VISITS]  | [EMAIL, VISITS] | [bob, NULL]
        """,
    )
