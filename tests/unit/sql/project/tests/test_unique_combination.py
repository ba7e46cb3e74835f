"""Combinations of values that stand in several rows."""

from tests.unit.sql.rendering import template_rows

GIVEN = """(select * from (values ('a', 1), ('a', 2), (null, 3), ('b', 4), (null, 5)) as t(value, number))"""


def test_repeated_combinations_are_listed() -> None:
    common = {"relation": GIVEN, "where": "value is not null"}
    found = template_rows("tests", "unique_combination", **common, columns=["value"])
    assert found == [("a", 2)]
    both = ["value", "number"]
    assert template_rows("tests", "unique_combination", **common, columns=both) == []
