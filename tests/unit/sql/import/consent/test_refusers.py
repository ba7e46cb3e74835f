"""People without a profile who refused, and the rows that have their identifiers (C1)."""

from tests.unit.sql.goals import ASKING
from tests.unit.sql.import_hashes import hashed


def test_row_with_an_identifier_of_a_refusal_leads_to_who_refused() -> None:
    ASKING.expect(
        "refusers",
        {
            "rows": "key_1 | key_2\na | 7\nb | 8\nc |",
            "links": "row_id | profile_id | outcome\n0 | p1 | updated\n1 | p2 | created\n2 | p3 | created",
            "runner.refusals": f"""
            identifier | value_hash             | profile_id | origin
            phone      | {hashed("phone", "7")} | p9         | 1:2
            email      | {hashed("email", "8")} | p9         | 1:2
            email      | {hashed("email", "c")} | p3         | 1:2
            """,
        },
        "refuser_id | profile_id\np9 | p1",
    )
