"""Lines of the main file that give other rows than before."""

from tests.unit.sql.goals import KEYED


def test_line_changed_where_a_row_is_applied_or_another_is_superseded() -> None:
    KEYED.expect(
        "changed_lines",
        {
            "applied_rows": "key_hash\n5\n5\n6",
            "superseded_keys": "goal | key_hash | row_hash\nshop.rows | 6 | 10\nshop.rows | 7 | 11",
        },
        "key_hash\n5\n5\n6\n6\n7",
    )
