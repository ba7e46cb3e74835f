"""Members of a segment, and how many are exported (X1, C1)."""

from tests.unit.sql.export_bench import export_bench

PLAIN = """
kind: export_profiles
segment: vip
columns:
  - {header: EMAIL, property: email}
  - {header: TAGS, property: tags}
format: {multi_value_separator: ;}
"""
PROFILES = """
profile_id | email | tags
p1         | ann   | [a, b]
p2         | bob   | [c;d]
p3         |       |
p4         | dan   | [e;f]
"""
VIP = "profile_id\np1\np1\np2\np3\np9"


def test_member_counts_once_and_values_with_the_separator_are_counted() -> None:
    export_bench(PLAIN).expect(
        "counts",
        {"main.profiles": PROFILES, "segments.vip": VIP},
        "member_count | exported_count | split_TAGS\n4 | 2 | 1",
    )


def test_members_without_consent_are_counted_by_reason() -> None:
    export_bench(PLAIN + "objectives: mail\n").expect(
        "counts",
        {
            "main.profiles": PROFILES,
            "segments.vip": VIP,
            "runner.consent": """
            profile_id | objective | consented
            p1         | mail      | true
            p2         | mail      | false
            p4         | mail      | false
            """,
        },
        """
        member_count | exported_count | never_asked_count | refused_count
        4            | 1              | 2                 | 1
        """,
    )
