"""Members of a segment with every column as text (X1)."""

from tests.unit.sql.export_bench import export_bench

PLAIN = """
kind: export_profiles
segment: vip
columns:
  - {header: ID, profile_id: true}
  - {header: EMAIL, property: email}
  - {header: VISITS, property: visits}
"""
PROFILES = """
profile_id | email | visits
p1         | ann   | 3
p2         |       | 0
p3         |       |
p4         | ''    |
p5         | eve   | 1
"""
VIP = "profile_id\np1\np1\np2\np3\np4\np9"


def test_members_with_a_value_are_exported_once() -> None:
    export_bench(PLAIN).expect(
        "rows",
        {"main.profiles": PROFILES, "segments.vip": VIP},
        """
        key | ID | EMAIL | VISITS
        p1  | p1 | ann   | 3
        p2  | p2 |       | 0
        """,
    )


def test_all_members_are_exported_where_no_column_is_a_property() -> None:
    goal = PLAIN.split("  - {header: EMAIL")[0]
    given = {"main.profiles": PROFILES, "segments.vip": VIP}
    export_bench(goal).expect("rows", given, "ID\np1\np2\np3\np4")


def test_members_without_consent_are_left_out() -> None:
    asking = PLAIN + "  - {header: MAIL, consent: mail}\nobjectives: mail\n"
    said = "profile_id | objective | consented\np1 | mail | true\np2 | mail | false"
    export_bench(asking).expect(
        "rows",
        {"main.profiles": PROFILES, "segments.vip": VIP, "runner.consent": said},
        "ID | MAIL\np1 | true",
    )


def test_segments_and_groups_of_a_member_are_listed_in_order() -> None:
    goal = PLAIN + (
        "  - {header: ALL, segments: all}\n  - {header: ONE, segments: [new]}\n"
        "  - {header: CITY, group: firm, property: city}\n"
        "format: {multi_value_separator: ;}\n"
    )
    export_bench(goal).expect(
        "rows",
        {
            "main.profiles": PROFILES,
            "segments.vip": VIP,
            "main.segment_members": "segment | profile_id\nvip | p1\nnew | p1\nnew | p5\nvip | p2",
            "main.profile_groups": "profile_id | group_type | group_id\np1 | firm | p7\np1 | firm | p8",
            "main.groups_firm": "group_id | city\np7 | Rome\np8 | Bonn",
        },
        "ID | ALL | ONE | CITY\np1 | new|vip | new | Bonn|Rome\np2 | vip | |".replace(
            "new|vip", "new;vip"
        ).replace("Bonn|Rome", "Bonn;Rome"),
    )
