"""A relation without a row."""

from tests.unit.sql.rendering import template_rows

GIVEN = """(select * from (values ('a', 1), ('a', 2), (null, 3), ('b', 4), (null, 5)) as t(value, number))"""


def test_relation_without_a_row_is_listed() -> None:
    assert template_rows("tests", "not_empty", relation=GIVEN, where="true") == []
    assert template_rows("tests", "not_empty", relation=GIVEN, where="number > 9") == [(0,)]
