"""The rows of a model that a test of the project looks at."""

from tests.unit.sql.rendering import template_rows

GIVEN = """(select * from (values ('a', 1), ('a', 2), (null, 3), ('b', 4), (null, 5)) as t(value, number))"""


def test_rows_that_fit_are_a_relation() -> None:
    rows = template_rows("project", "tested_rows", relation=GIVEN, where="number > 3")
    assert rows == [("b", 4), (None, 5)]
