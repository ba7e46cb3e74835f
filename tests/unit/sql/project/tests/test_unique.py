"""Values that stand in more than one row."""

from tests.unit.sql.rendering import template_rows

GIVEN = """(select * from (values ('a', 1), ('a', 2), (null, 3), ('b', 4), (null, 5)) as t(value, number))"""


def test_repeated_values_are_listed_and_none_is_no_value() -> None:
    common = {"relation": GIVEN, "column": "value"}
    assert template_rows("tests", "unique", **common, where="true") == [("a", 2)]
    assert template_rows("tests", "unique", **common, where="number > 1") == []
