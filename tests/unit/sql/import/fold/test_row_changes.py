"""Rows that begin or end to count in a file of the batch (P8)."""

from tests.unit.sql.goals import KEYED

FILE_ROWS = """
profile_id | key_hash | row_hash | is_in_force | first_file | file_id | next_file
p1         | 5        | 10       | true        | 2          | 2       | 3
p1         | 5        | 11       | true        | 2          | 3       | 4
           | 5        | 12       | false       | 2          | 4       |
"""
LEDGER = {
    "runner.keys": "goal | key_hash | row_hash\nshop.rows | 5 | 10\nshop.none | 5 | 9",
    "runner.rows": "goal | row_hash | profile_id | origin\nshop.rows | 10 | p1 | 1:2",
}
CHANGES = "profile_id | row_hash | file_id | sign\n"


def test_row_begins_with_its_file_and_ends_where_another_has_the_key() -> None:
    KEYED.late.expect(
        "row_changes",
        {"file_rows": FILE_ROWS},
        CHANGES + "p1 | 10 | 2 | 1\np1 | 10 | 3 | -1\np1 | 11 | 3 | 1\np1 | 11 | 4 | -1",
    )


def test_row_that_counts_already_does_not_begin() -> None:
    KEYED.late.expect(
        "row_changes",
        {"file_rows": FILE_ROWS, **LEDGER},
        CHANGES + "p1 | 10 | 3 | -1\np1 | 11 | 3 | 1\np1 | 11 | 4 | -1",
    )


def test_row_of_an_earlier_build_ends_in_the_first_file_that_has_its_key() -> None:
    others = "\n".join(line for line in FILE_ROWS.splitlines() if " | 10 " not in line)
    KEYED.late.expect(
        "row_changes",
        {"file_rows": others.replace("| 2          |", "| 3          |"), **LEDGER},
        CHANGES + "p1 | 10 | 3 | -1\np1 | 11 | 3 | 1\np1 | 11 | 4 | -1",
    )
