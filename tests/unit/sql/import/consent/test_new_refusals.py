"""Identifiers of rows that are not applied for want of consent (C1)."""

from tests.unit.sql.goals import ASKING
from tests.unit.sql.import_hashes import hashed


def test_values_of_refusals_and_of_links_are_kept_as_hashes() -> None:
    ASKING.expect(
        "new_refusals",
        {
            "rows": "origin | key_1 | key_2\n1:2 | a | \n1:3 | b | 8\n1:4 | c |\n1:5 | d | 9\n1:6 | e |\n"
            "1:7 | f | 5\n1:8 | g | 6",
            "permitted": """
            row_id | profile_id | outcome
            0      | p1         | no_consent
            1      | p2         | no_consent
            2      | p3         | no_consent
            3      | p4         | created
            4      | p5         | no_consent
            5      | p6         | no_consent
            6      | p8         | no_consent
            """,
            "refused": "profile_id | reason\np1 | refused\np2 | never_asked\np3 | never_asked\n"
            "p5 | refused\np6 | refused\np8 | refused",
            "main.profiles": "profile_id\np6",
            "runner.identifiers": "identifier | value | profile_id\nphone | 6 | p7",
            "runner.refusals": f"""
            identifier | value_hash             | profile_id | origin
            email      | {hashed("email", "e")} | p5         | 1:2
            """,
        },
        f"""
        identifier | value_hash             | profile_id | origin
        email      | {hashed("email", "a")} | p1         | 1:2
        email      | {hashed("email", "b")} | p2         | 1:3
        phone      | {hashed("phone", "8")} | p2         | 1:3
        email      | {hashed("email", "g")} | p8         | 1:8
        """,
    )
