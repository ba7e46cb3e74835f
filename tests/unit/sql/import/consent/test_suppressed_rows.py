"""Rows with a value that may not be imported (C2)."""

import hashlib

from tests.unit.sql.goals import FIRST
from tests.unit.sql.workbench import Goal


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


def test_row_of_a_file_that_was_imported_before_stays_where_it_is_only_suppressed() -> None:
    FIRST.workbench.execute("set variable suppression_salt = 'salt'")
    FIRST.expect(
        "suppressed_rows",
        {
            "rows": f"""
            row_order | origin          | is_kept | key_1
            0         | {2**32 + 2}     | true    | ann@x.nl
            1         | {2**32 + 3}     | true    | bob@x.nl
            2         | {2 * 2**32 + 2} | true    | ann@x.nl
            """,
            "runner.files": """
            goal      | file_id | sha256 | build_id
            shop.rows | 1       | a      | 20240101
            shop.rows | 2       | b      | 20240103
            """,
            "runner.suppressed": f"""
            identifier | value_hash                | reason   | receipt_id
            email      | {hashed("email|ann@x.nl")} | suppress | 20240102
            email      | {hashed("email|bob@x.nl")} | forget   | 20240102
            """,
        },
        "row_id\n1\n2",
    )


HOUSEHOLDS = Goal(
    """
    group_type: household
    files: {homes: homes.csv}
    identify: {by: [{id: homes.id}]}
    map: {contact: homes.contact, city: homes.city}
    """,
    "email: {identifier: true, pii: true}",
    {"homes": "id contact city"},
    files={
        "models/groups/household.yml": """
        properties: {id: {identifier: true}, contact: {pii: true}, city: text}
        """
    },
    kind="import_groups",
)


def test_row_of_a_group_is_found_by_a_personal_value_that_is_an_identifier_of_somebody() -> None:
    HOUSEHOLDS.workbench.execute("set variable suppression_salt = 'salt'")
    HOUSEHOLDS.expect(
        "suppressed_rows",
        {
            "rows": """
            row_order | is_kept | key_1 | value_contact
            0         | true    | H1    | ANN@x.nl
            1         | true    | H2    | bo@x.nl
            """,
            "runner.suppressed": f"""
            identifier | value_hash
            email      | {hashed("email|ann@x.nl")}
            """,
        },
        "row_id\n0",
    )
