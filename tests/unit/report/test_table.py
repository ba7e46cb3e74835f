from decimal import Decimal

from runner.report.table import show_record, show_table
from tests.unit.report.samples import memory_console


def table(columns, rows, is_terminal=False):
    console, shown = memory_console(is_terminal)
    assert show_table(console, columns, rows) == len(rows)
    return shown().splitlines()


def test_numbers_stand_right_and_text_left():
    assert table(["name", "spend"], [("Zoë", Decimal("1250.00")), ("日本", None)]) == [
        "name    spend",
        "────  ───────",
        "Zoë   1250.00",
        "日本     null",
        "2 rows",
    ]


def test_no_rows_show_the_columns():
    assert table(["a", "b"], []) == ["a  b", "─  ─", "0 rows"]
    assert table([], []) == ["0 rows"]


def test_a_terminal_names_the_columns_that_do_not_fit():
    lines = table([f"column_{number}" for number in range(12)], [range(12)], is_terminal=True)
    assert all(len(line) <= 80 for line in lines[:3])
    assert lines[0].endswith("column_7")
    assert lines[-1] == "4 more columns: column_8, column_9, column_10, column_11"


def test_a_column_too_many_by_one_cell_is_left_out():
    assert table(["a" * 38, "b" * 40], [(1, 2)], is_terminal=True)[-1] == "1 row"
    assert table(["a" * 39, "b" * 40], [(1, 2)], is_terminal=True)[-1].startswith("1 more column:")


def test_a_terminal_cuts_long_values_and_a_pipe_does_not():
    rows = [("x" * 41,)]
    assert table(["a"], rows, is_terminal=True)[2] == "x" * 39 + "…"
    assert table(["a"], rows)[2] == "x" * 41


def test_a_pipe_shows_all_columns_however_wide():
    lines = table(["a", "b", "c"], [("x" * 70, "y" * 70, "z")])
    assert lines[2] == f"{'x' * 70}  {'y' * 70}  z"


def test_hostile_values_cannot_rule_the_terminal():
    lines = table(["\x1bname"], [("a\nb\x1b[31m[red]",)], is_terminal=True)
    assert lines[0] == "\\x1bname"
    assert lines[2] == "a\\nb\\x1b[31m[red]"


def test_a_record_shows_each_value_whole():
    console, shown = memory_console(is_terminal=True)
    show_record(console, [("email", "a@x.example"), ("interests", ["a", "b"]), ("note", "y" * 90)])
    lines = [line.rstrip() for line in shown().splitlines()]
    assert lines[0] == "email      a@x.example"
    assert lines[1] == 'interests  ["a", "b"]'
    assert "".join(line.removeprefix("note").strip() for line in lines[2:]) == "y" * 90


def test_a_decimal_has_no_zeros_behind_its_second_digit():
    values = ("41624.7900000000", "5.0000000000", "1.2340", "1.5", "100", "1250.00", "-0.1000")
    assert table(["d"], [(Decimal(value),) for value in values])[2:-1] == [
        "41624.79",
        "    5.00",
        "   1.234",
        "     1.5",
        "     100",
        " 1250.00",
        "   -0.10",
    ]
