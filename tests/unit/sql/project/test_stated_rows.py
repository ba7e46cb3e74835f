"""Rows that a unit test states."""

from tests.unit.sql.rendering import template_rows


def test_value_that_is_left_out_is_none() -> None:
    rows = [{"a": 1, "b": "it's"}, {"b": "x"}, {"a": 2}]
    found = template_rows("project", "stated_rows", rows=rows, columns=["a", "b"])
    assert found == [(1, "it's"), (None, "x"), (2, None)]
