import pytest

from runner.inspect.query import Answer
from runner.inspect.rejects import COLUMNS
from runner.report.rejects import show_rejects
from tests.unit.report.samples import memory_console


def row(file, line, column, name, reason, value, goal="shop.people"):
    return (goal, file, line, column, None, None, name, reason, value, "20261124T120000000Z")


ROWS = (
    row(
        "out/people_2026-11.csv",
        1045,
        "people.birth_date",
        "birth_date",
        "not a date",
        "31-02-1990",
    ),
    row("out/people_2026-11.csv", 12, None, None, "too_few_fields", "3;" + "x" * 90),
    row("out/orders.csv", 7, None, "order", "no_profile", None, "shop.orders"),
)


def shown(rows=ROWS, is_terminal=True):
    console, text = memory_console(is_terminal)
    show_rejects(console, Answer(COLUMNS, tuple(rows)))
    return text().splitlines()


def test_a_reject_is_where_column_reason_and_value_under_its_goal():
    assert shown() == [
        "where                        column             reason          value",
        "shop.people",
        "out/people_2026-11.csv:1045  people.birth_date  not a date      31-02-1990",
        "out/people_2026-11.csv:12                       too_few_fields  3;xxxxxxxxxxxxx…",
        "shop.orders",
        "out/orders.csv:7             order              no_profile",
        "3 rows",
    ]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_lines_fit_a_terminal_and_a_file_has_all(is_terminal):
    lines = shown(is_terminal=is_terminal)
    assert (max(map(len, lines)) <= 80) == is_terminal
    assert any("x" * 90 in line for line in lines) != is_terminal


def test_hostile_names_and_values_cannot_rule_the_terminal():
    assert not any(
        "\x1b" in line for line in shown([row("\x1b[2J", 1, "\x1b", "\x1b", "\x1b", "\x1b")])
    )
