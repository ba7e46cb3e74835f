"""Values that have no partner in the other relation."""

from tests.unit.sql.rendering import template_rows

GIVEN = """(select * from (values ('a', 1), ('a', 2), (null, 3), ('b', 4), (null, 5)) as t(value, number))"""


def test_values_without_a_partner_are_listed_and_none_needs_one() -> None:
    common = {"relation": GIVEN, "column": "value", "to": "(select 'b' as id)", "field": "id"}
    assert template_rows("tests", "relationships", **common, where="true") == [("a",), ("a",)]
    assert template_rows("tests", "relationships", **common, where="number > 1") == [("a",)]


def test_conditions_choose_rows_of_both_sides() -> None:
    to = "(select * from (values ('a', 1), ('b', 2)) as t(id, kind))"
    common = {"relation": GIVEN, "column": "value", "to": to, "field": "id", "where": "true"}
    assert template_rows("tests", "relationships", **common) == []
    found = template_rows("tests", "relationships", **common, to_condition="kind = 2")
    assert found == [("a",), ("a",)]
    conditions = {"to_condition": "kind = 2", "from_condition": "number > 1"}
    assert template_rows("tests", "relationships", **common, **conditions) == [("a",)]
