"""Rows with a value that may not be imported (C2)."""

import hashlib

from tests.unit.sql.goals import FIRST


def hashed(text: str) -> str:
    return hashlib.sha256(f"salt|{text}".encode()).hexdigest()


def test_rows_are_found_by_identifiers_that_link_them_or_that_they_give() -> None:
    FIRST.workbench.execute("set variable suppression_salt = 'salt'")
    FIRST.expect(
        "suppressed_rows",
        {
            "rows": """
            row_order | is_kept | key_1    | key_2 | value_email
            0         | true    | ann@x.nl | 1     |
            1         | true    |          | 1     | ann@x.nl
            2         | true    | bob      |       | bob
            3         | false   | ann@x.nl |       |
            4         | true    | ann@x.nl | 2     |
            """,
            "runner.suppressed": f"""
            identifier | value_hash
            email      | {hashed("email|ann@x.nl")}
            phone      | {hashed("phone|2")}
            phone      | {hashed("phone|bob")}
            """,
        },
        "row_id\n0\n4",
    )
