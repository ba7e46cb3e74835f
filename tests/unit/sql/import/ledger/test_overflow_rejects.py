"""Amounts that are left out of a sum, among the rejects (R11)."""

from tests.unit.sql.goals import KEYED, SHARED_LINES

FILES = "file_id | goal | path\n1 | shop.rows | rows_a.csv\n2 | shop.rows | people.csv"
OVER = """
sources   | line_hash | origin | amounts_read | item_numbers
{sources} | 20        | 1:7    | [12.50]      | [1]
"""


def test_amount_is_rejected_at_its_line() -> None:
    KEYED.expect(
        "overflow_rejects",
        {"runner.files": FILES, "overflowing_sums": OVER.format(sources="rows")},
        """
        goal      | file       | line | column_name | property | reason                      | value
        shop.rows | rows_a.csv | 7    | rows.amount | total    | its sum does not fit integer | 12.5
        """,
    )


def test_amount_of_a_chained_file_is_rejected_at_its_own_line() -> None:
    SHARED_LINES.expect(
        "overflow_rejects",
        {
            "runner.files": FILES,
            "overflowing_sums": OVER.format(sources="people"),
            "lines.people": "clean_origin | line_hash\n2:3 | 20\n2:4 | 21",
        },
        "file | line | column_name | property\npeople.csv | 3 | people.balance | balance",
    )
