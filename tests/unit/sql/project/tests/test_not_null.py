"""Rows without a value."""

from tests.unit.sql.rendering import template_rows

GIVEN = """(select * from (values ('a', 1), ('a', 2), (null, 3), ('b', 4), (null, 5)) as t(value, number))"""


def test_rows_without_a_value_are_listed() -> None:
    common = {"relation": GIVEN, "column": "value"}
    assert template_rows("tests", "not_null", **common, where="true") == [(None, 3), (None, 5)]
    assert template_rows("tests", "not_null", **common, where="number = 1 or number = 5") == [
        (None, 5)
    ]
