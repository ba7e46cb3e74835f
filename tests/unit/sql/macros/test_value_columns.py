"""Columns of values, and of texts that are none (R6)."""

from tests.unit.sql.expression import rows_of
from tests.unit.sql.goals import CHAINED

QUERY = """
select {{ value_columns(items) }}
from (select 5 as value_amount, null as value_paid_at, '30-2' as text_paid_at, '5' as text_amount)
"""


def test_text_that_is_no_value_stands_beside_it() -> None:
    items = CHAINED.workbench.plan.late_values
    assert rows_of(QUERY, items=items) == [(None, 5, "30-2", None)]
