"""What the page of a goal shows of it."""

from runner.inspect.query import Answer
from runner.inspect.rejects import COLUMNS
from runner.web.goal_view import shown_rejects


def test_rejects_name_their_column_or_its_number_or_the_byte() -> None:
    line = ("shop.orders", "a.csv", 3)
    rows = (
        (*line, "orders.at", 2, None, "at", "not a date", "x", "b1"),
        (*line, None, 5, None, None, "too many fields", "a,b", "b1"),
        (*line, None, None, 17, None, "no UTF-8", "\\xff", "b1"),
    )
    assert shown_rejects(Answer(COLUMNS, rows)) == [
        ("a.csv", 3, "orders.at", "at", "not a date", "x", "b1"),
        ("a.csv", 3, "field 5", None, "too many fields", "a,b", "b1"),
        ("a.csv", 3, "byte offset 17", None, "no UTF-8", "\\xff", "b1"),
    ]
