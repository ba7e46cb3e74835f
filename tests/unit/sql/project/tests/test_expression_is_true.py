"""Rows for which an expression does not hold."""

from tests.unit.sql.rendering import template_rows

GIVEN = """(select * from (values ('a', 1), ('a', 2), (null, 3), ('b', 4), (null, 5)) as t(value, number))"""


def test_rows_for_which_it_is_false_or_null_are_listed() -> None:
    common = {"relation": GIVEN, "where": "number < 5"}
    of_model = {"column_before": "", "expression": "value = 'a'"}
    found = template_rows("tests", "expression_is_true", **common, **of_model)
    assert found == [(None, 3), ("b", 4)]
    of_column = {"column_before": "number ", "expression": "> 1"}
    assert template_rows("tests", "expression_is_true", **common, **of_column) == [("a", 1)]
