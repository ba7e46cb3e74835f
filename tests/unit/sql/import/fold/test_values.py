"""Values that depend on the lines of chained sources, read once per line (R8)."""

from tests.unit.sql.goals import LOCATED_ALONE, SHARED_LINES


def test_lines_that_applied_rows_are_joined_to_are_read_once() -> None:
    SHARED_LINES.expect(
        "values.1",
        {
            "applied_rows": "row_of_people\n1\n1\n0\n",
            "lines.people": "people.balance\nx\n7\n8",
        },
        """
        row_of_people | value_balance | rejected_balance
        0             |               | x
        1             | 7             |
        """,
    )


def test_row_without_a_line_gives_what_the_expression_gives_without_one() -> None:
    given = {"applied_rows": "main_row | row_of_people\n0 | 0\n1 |"}
    given["lines.people"] = "shift | people.id\n4294967298 | a"
    LOCATED_ALONE.expect("values.1", given, "row_of_people | value_line\n0 | 2\n | ")
