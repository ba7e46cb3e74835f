"""Values of suppressed persons in a batch, of which the list has hashes alone (C2)."""

import hashlib

from tests.unit.sql.expression import query_rows
from tests.unit.sql.rendering import template_rows


def hashed(text: str) -> str:
    return hashlib.sha256(f"salt|{text}".encode()).hexdigest()


def test_values_of_suppressed_rows_that_the_list_has_are_given_in_the_form_of_today() -> None:
    query_rows("set variable suppression_salt = 'salt'")
    tables = {
        "rows_read": "select * from (values ('ANN@x.nl', '7'), ('bo@x.nl', '8')) as t(mail, card)",
        "suppressed_rows": "select unnest([0]) as row_id",
    }
    query_rows("create schema if not exists runner")
    for name, query in tables.items():
        query_rows(f"create or replace temp table {name} as {query}")
    listed = ", ".join(
        f"('{text.partition('|')[0]}', '{hashed(text)}')"
        for text in ("email|ann@x.nl", "email|bo@x.nl", "card|9")
    )
    query_rows(
        f"create table runner.suppressed as from (values {listed}) as t(identifier, value_hash)"
    )
    try:
        found = template_rows(
            "erasure",
            "listed_values",
            rows="rows_read",
            suppressed="suppressed_rows",
            suppressible=[("email", "mail"), ("card", "card")],
        )
    finally:
        query_rows("drop table runner.suppressed")
        for name in tables:
            query_rows(f"drop table {name}")
    # Of the first row alone: the second is not suppressed in this batch.
    assert found == [("email", "ann@x.nl")]
