"""The order of the rows of a table: a cluster keeps none."""

from tests.unit.sql.engine import ENGINE
from tests.unit.sql.expression import rendered


def test_a_table_is_in_the_order_of_its_columns() -> None:
    expected = "order by\n    a,\n    b" if ENGINE == "duckdb" else ""
    assert rendered("{{ table_order(['a', 'b']) }}") == expected
