"""Lines by change."""

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


def test_lines_are_counted_by_change() -> None:
    export_bench(GOAL).expect(
        "line_counts",
        {"lines": "key | change\np1 | added\np2 | added\np3 | changed"},
        "change | line_count\nadded | 2\nchanged | 1",
    )
