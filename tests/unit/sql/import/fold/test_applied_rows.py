"""Rows that are applied to a profile, with the values of their main lines."""

from tests.unit.sql.goals import CHAINED, FIRST, LOCATED, SETTING

LINKS = """
row_id | profile_id | outcome
0      | p1         | created
1      | p1         | updated
2      | p1         | duplicate
3      | p2         | unchanged
4      |            | filtered
"""


def test_new_rows_and_repeated_ones_are_applied() -> None:
    FIRST.expect(
        "applied_rows",
        {
            "rows": "row_order | row_hash\n0 | 10\n1 | 11\n2 | 12\n3 | 13\n4 | 14",
            "links": LINKS,
            "repeated_rows": "row_id | row_order | profile_id\n3 | 3 | p2",
        },
        """
        row_hash | profile_id | outcome
        10       | p1         | created
        11       | p1         | updated
        12       | p1         | duplicate
        13       | p2         | repeated
        """,
    )


def test_values_are_read_of_the_lines_of_applied_rows() -> None:
    """A line of a row that is not applied is not read: no error comes of it."""
    CHAINED.expect(
        "applied_rows",
        {
            "rows": "main_row\n0\n1\n2\n3\n4",
            "links": LINKS,
            "lines.rows": "rows.amount | rows.paid_at\n5 | 2024-01-31\n6 | 2024-02-30\n7 |\nx |\ny |",
        },
        """
        main_row | value_amount | value_paid_at | rejected_paid_at
        0        | 10           | 2024-01-31    |
        1        | 12           |               | 2024-02-30
        2        | 14           |               |
        """,
    )


def test_location_of_a_line_is_a_value() -> None:
    """R10"""
    given = "shift      | rows._file | rows.email\n4294967298 | a.csv | ann"
    tables = {"lines.rows": given, "rows": "main_row\n0", "links": "row_id | outcome\n0 | created"}
    LOCATED.expect("applied_rows", tables, "value_line\n2")


def test_repeated_row_writes_identifiers_again() -> None:
    """P4: of a known row they are not read where rows are joined."""
    SETTING.expect(
        "applied_rows",
        {
            "rows": "main_row | value_email | row_order\n0 | b@x | 0\n1 |  | 1",
            "links": "row_id | profile_id | outcome\n0 | p1 | updated\n1 | p2 | unchanged",
            "repeated_rows": "row_id | row_order | profile_id\n1 | 1 | p2",
            "lines.rows": "rows.mail | rows.name\nX@x | A\nB@x | B",
        },
        "main_row | outcome | value_email | value_name\n0 | updated | b@x | A\n1 | repeated | b@x | B",
    )
