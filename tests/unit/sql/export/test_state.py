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


def test_each_profile_is_kept_with_its_hash() -> None:
    export_bench(GOAL).expect(
        "state",
        {"exported": "key | EMAIL | content_hash\np1 | ann | h1\np2 | bob | h2"},
        "profile_id | content_hash\np1 | h1\np2 | h2",
    )
