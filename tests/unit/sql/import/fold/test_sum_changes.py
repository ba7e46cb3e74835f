"""Files that change a sum (P8, R11)."""

from tests.unit.sql.goals import KEYED, STRATEGIES

SUMS = """
goal      | sources | line_hash | profile_id | properties | amounts
shop.rows | rows    | 20        | p1         | total      | [{}]
shop.rows | rows    | 21        | p1         | total      | [{}]
"""
BEGINNING = "profile_id | sources | line_hash | file_id | sign\np1 | rows | 20 | 1 | 1\np1 | rows | 21 | {} | 1"
CHANGES = "profile_id | file_id\n"


def expect(amounts: tuple[str, str], total: str, files: str, second_file: int = 2) -> None:
    given = {
        "line_changes": BEGINNING.format(second_file),
        "runner.sums": SUMS.format(*amounts),
        "sum_totals": f"profile_id | value_total | lines_total\np1 | {total} | 2",
    }
    STRATEGIES.late.expect("sum_changes", given, CHANGES + files)


def test_each_file_with_an_amount_changes_the_sum() -> None:
    expect(("1", "2"), "3", "p1 | 1\np1 | 2")


def test_first_line_changes_no_sum_to_zero() -> None:
    expect(("0", "0"), "0", "p1 | 1")


def test_amount_that_rounding_hides_changes_nothing() -> None:
    expect(("1", "0.004"), "1.004", "p1 | 1")
    expect(("0.004", "0.004"), "0.008", "p1 | 1\np1 | 2")


def test_amounts_of_a_file_that_cancel_each_other_change_nothing() -> None:
    given = {
        "line_changes": BEGINNING.format(1),
        "runner.sums": SUMS.format("5", "-5"),
        "sum_totals": "profile_id | value_total | lines_total\np1 | 7 | 3",
    }
    STRATEGIES.late.expect("sum_changes", given, CHANGES)


def test_line_that_is_replaced_within_the_batch_counts_in_the_files_between() -> None:
    changes = "profile_id | sources | line_hash | file_id | sign\n"
    given = {
        "line_changes": changes + "p1 | rows | 20 | 1 | 1\np1 | rows | 20 | 2 | -1",
        "applied_rows": "profile_id | origin | row_order | line_1 | value_total\np1 | 1:2 | 0 | 20 | 4",
        "sum_totals": "profile_id | value_total | lines_total\np1 | |",
    }
    KEYED.late.expect("sum_changes", given, CHANGES + "p1 | 1\np1 | 2")
