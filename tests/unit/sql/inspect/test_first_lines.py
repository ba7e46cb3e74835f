"""The first lines of the main file."""

from tests.unit.sql.expression import query_rows
from tests.unit.sql.rendering import template_rows


def test_lines_stay_in_their_order() -> None:
    query_rows("create or replace temp table lines as select unnest(['c', 'a', 'b']) as word")
    found = template_rows("inspect", "first_lines", relation="lines", rows=2)
    query_rows("drop table lines")
    assert found == [("c",), ("a",)]
