"""Lines of one file."""

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


def test_file_holds_its_lines() -> None:
    lines = "key | EMAIL | position\np1 | ann | 1"
    export_bench(GOAL).expect("file", {"file": lines}, lines)
