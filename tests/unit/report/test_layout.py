"""Tables without lines: wrapped on a terminal, a row a line in a file."""

import io

from rich.console import Console

from runner.report.layout import grid, print_grid

LONG = "2,074 profiles " * 8


def lines(console: Console) -> list[str]:
    table = grid("left", "left", folded=1)
    table.add_row("20261124T195423386Z", LONG)
    print_grid(console, table, 2)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def test_row_of_a_file_is_one_line_whatever_its_length() -> None:
    console = Console(file=io.StringIO(), width=80)
    assert lines(console) == [f"  20261124T195423386Z  {LONG}"]
    assert console.width == 80


def test_row_on_a_terminal_is_wrapped() -> None:
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system=None)
    assert len(lines(console)) == 3
