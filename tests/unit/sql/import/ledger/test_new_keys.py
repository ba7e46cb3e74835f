"""Rows that count under a `key` from now on."""

from tests.unit.sql.goals import KEYED


def test_rows_in_force_that_did_not_count_before() -> None:
    KEYED.expect(
        "new_keys",
        {
            "last_rows": """
            key_hash | row_hash | is_in_force
            5        | 10       | true
            5        | 10       | true
            6        | 11       | true
            7        | 12       | false
            8        | 13       | true
            """,
            "runner.keys": """
            goal      | key_hash | row_hash
            shop.rows | 6        | 11
            shop.none | 8        | 13
            """,
        },
        "goal | key_hash | row_hash\nshop.rows | 5 | 10\nshop.rows | 8 | 13",
    )
