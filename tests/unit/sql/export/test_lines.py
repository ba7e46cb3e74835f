"""Lines of an export's files, numbered in each file (X4)."""

from tests.unit.sql.export_bench import export_bench

COMPARED = """
kind: export_profiles
segment: vip
changes: added_changed_removed
file_name: "{name}.csv"
columns:
  - {header: EMAIL, property: email}
  - {header: WHAT, change: true}
"""
GIVEN = {
    "exported": """
    key | EMAIL | content_hash | partner_key
    p1  | ann   | h1           | ann
    p2  | bob   | h2           | bob
    p3  | cas   | h3           | cas
    p4  | dan   | h4           | dan
    p5  | dan   | h5           | dan
    """,
    "sent": """
    profile_id | content_hash | partner_key
    p7         | h1           | ann
    p2         | old          | bob
    p3         | h3           | cass
    p4         |              | dan
    p5         | h5           | dan
    """,
    "removed": "key | EMAIL\np9 | eve",
}


def test_what_was_sent_alike_is_left_out() -> None:
    export_bench(COMPARED.replace("{name}", "all")).expect(
        "lines",
        GIVEN,
        """
        key | EMAIL | WHAT    | change  | position
        p9  | eve   | removed | removed | 1
        p2  | bob   | changed | changed | 2
        p3  | cas   | added   | added   | 3
        p4  | dan   | changed | changed | 4
        """,
    )


def test_each_change_is_numbered_in_its_own_file() -> None:
    export_bench(COMPARED.replace("{name}", "{change}")).expect(
        "lines",
        GIVEN,
        """
        key | change  | position
        p2  | changed | 1
        p3  | added   | 1
        p4  | changed | 2
        p9  | removed | 1
        """,
    )


def test_all_members_are_sent_where_nothing_is_compared() -> None:
    goal = COMPARED.replace("changes: added_changed_removed\n", "max_rows_per_file: 1\n")
    goal = goal.replace("{name}", "{part}").replace("  - {header: WHAT, change: true}\n", "")
    export_bench(goal).expect(
        "lines",
        {"exported": "key | EMAIL\np2 | bob\np1 | ann"},
        "key | change | position\np1 | | 1\np2 | | 2",
    )
