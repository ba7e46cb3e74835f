"""Lines that were sent with a key that no exported member has (X5)."""

from tests.unit.sql.export_bench import export_bench

GOAL = """
kind: export_profiles
segment: vip
changes: added_changed_removed
file_name: '{change}.csv'
columns:
  - {header: EMAIL, property: email}
  - {header: VISITS, property: visits}
  - {header: SOURCE, text: acme}
"""
BY_ID = GOAL.replace("columns:\n", "columns:\n  - {header: ID, profile_id: true}\n")
SENT = """
profile_id | partner_key | names       | texts
p1         | k1          | [ID, EMAIL] | [1, ann]
p1         | old         | [ID, EMAIL] | [2, anna]
p5         | k5          | [ID, EMAIL] | [5, eve]
p8         | k8          | [ID, EMAIL] | [8, '']
p9         |             | [NAME]      | [Zoe]
"""
EXPORTED = "key | partner_key\np1 | k1\np9 | k5"


def test_key_that_left_is_removed_as_it_was_sent_also_where_its_profile_stays() -> None:
    """A line whose key is empty, or is not recorded, names nobody."""
    export_bench(GOAL).expect(
        "removed",
        {"sent": SENT, "exported": EXPORTED},
        "key | EMAIL | VISITS | SOURCE\np1 | anna | | acme",
    )


def test_identifiers_are_listed_beside_the_id() -> None:
    export_bench(BY_ID).expect(
        "removed",
        {"sent": SENT, "exported": EXPORTED},
        "ID | EMAIL | VISITS\n2 | anna |\n8 | '' |",
    )
