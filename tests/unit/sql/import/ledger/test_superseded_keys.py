"""Rows that count under a `key` and that another replaced."""

from tests.unit.sql.goals import FULL_ORDERS, KEYED


def test_row_of_a_key_of_the_batch_is_stale_unless_it_is_in_force() -> None:
    KEYED.expect(
        "superseded_keys",
        {
            "rows": "key_hash | row_hash\n5 | 12\n6 | 11\n7 | 13",
            "last_rows": """
            key_hash | row_hash | is_in_force
            5        | 12       | true
            6        | 11       | true
            7        | 13       | false
            """,
            "runner.keys": """
            goal      | key_hash | row_hash
            shop.rows | 5        | 10
            shop.rows | 6        | 11
            shop.rows | 7        | 13
            shop.rows | 8        | 14
            shop.none | 5        | 10
            """,
        },
        "goal | key_hash | row_hash\nshop.rows | 5 | 10\nshop.rows | 7 | 13",
    )


def test_rows_of_a_line_that_is_gone_from_its_file_are_superseded() -> None:
    """F9"""
    FULL_ORDERS.expect(
        "superseded_keys",
        {
            "replaced_lines": "key_hash | is_vanished\n5 | true\n6 | false",
            "runner.keys": "goal | key_hash | row_hash\nshop.rows | 5 | 10\nshop.rows | 6 | 11",
        },
        "key_hash | row_hash\n5 | 10",
    )
