"""Columns: a row that is wider than the terminal wraps there, and nowhere else."""

from runner.report.layout import grid, print_grid
from tests.unit.report.samples import memory_console


def rows(is_terminal):
    console, shown = memory_console(is_terminal)
    table = grid("left", "left", folded=1)
    table.add_row("first", "x" * 200)
    table.add_row("second", "")
    print_grid(console, table, 2)
    return shown().splitlines()


def test_row_in_a_file_stays_one_line_without_spaces_behind_it():
    assert rows(is_terminal=False) == [f"  first   {'x' * 200}", "  second"]


def test_row_on_a_terminal_wraps_in_its_folded_column():
    first, *more, last = rows(is_terminal=True)
    assert first.startswith("  first   xxx")
    assert last.startswith("  second")
    assert all(line.startswith("          x") for line in more)
    assert more
