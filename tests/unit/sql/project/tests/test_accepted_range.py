"""Rows with a value out of bounds."""

from tests.unit.sql.rendering import template_rows

GIVEN = """(select * from (values ('a', 1), ('a', 2), (null, 3), ('b', 4), (null, 5)) as t(value, number))"""


def test_rows_out_of_bounds_are_listed_and_none_is_no_value() -> None:
    common = {"relation": GIVEN, "column": "number", "where": "true"}
    bounds = {"min_value": 2, "max_value": 4}
    assert template_rows("tests", "accepted_range", **common, **bounds) == [("a", 1), (None, 5)]
    strict = template_rows("tests", "accepted_range", **common, **bounds, inclusive=False)
    assert [row[1] for row in strict] == [1, 2, 4, 5]
    assert template_rows("tests", "accepted_range", **common, min_value=2) == [("a", 1)]
    assert template_rows(
        "tests", "accepted_range", **common | {"where": "number > 1"}, max_value=4
    ) == [(None, 5)]
