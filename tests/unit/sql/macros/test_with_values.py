"""Rows with the values of the chained lines that they are joined to (R8)."""

from tests.unit.sql.expression import rows_of
from tests.unit.sql.goals import SHARED_LINES

ROWS = "(select unnest([1, 2, 3]) as main_row, unnest([0, 0, null]) as row_of_people)"
VALUES = "(select unnest([0, null]) as row_of_people, unnest([7, 9]) as value_balance)"
QUERY = "select main_row, value_balance from ({{ with_values(plan, rows, relations, items) }})"


def test_rows_have_the_values_of_their_line_and_of_no_line() -> None:
    plan = SHARED_LINES.workbench.plan
    given = {"plan": plan, "rows": ROWS, "relations": {"values.1": VALUES}}
    found = rows_of(f"{QUERY} order by all", items=plan.values, **given)
    assert found == [(1, 7), (2, 7), (3, 9)]


def test_rows_are_as_they_are_where_no_line_gives_a_value() -> None:
    plan = SHARED_LINES.workbench.plan
    query = "from ({{ with_values(plan, rows, {}, []) }}) order by all"
    assert rows_of(query, plan=plan, rows=ROWS) == [(1, 0), (2, 0), (3, None)]
